"""What each stage of the programme says, as messages of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.choices import start
from bot.induction.course import Course
from bot.induction.model import ROLES, Module, Programme, QuizOption, QuizQuestion, Role
from bot.induction.progress import ModuleResult
from bot.messages import AnswerMessage, Message, Option, TextMessage
from bot.rendering.plain_text import cited, numbered, paragraphs
from knowledge.quotes import Quote

INTRODUCTION = (
    "This is induction: {count} modules of 10 to 15 minutes. In each you read a few passages, "
    "walk through one situation and answer a short quiz. You can stop at any point, and ask "
    "anything in between."
)


def menu(programme: Programme, results: Mapping[str, ModuleResult], course: Course) -> TextMessage:
    modules, options = [], []
    for module in programme.modules:
        label = f"{module.title} ({state(module, results.get(module.id))})"
        modules.append(Option(id=f"module:open/{module.id}", label=label))
    left = sum(m.minutes for m in programme.modules if m.id not in results)
    lines = [f"Time left: about {lasting(left)}." if left else "You have finished every module."]
    if course.role is None:
        lines.append("Choose where you work, and the examples will fit.")
        options += [Option(id=f"module:role/{r}", label=label) for r, label in ROLES.items()]
    if results:
        options.append(Option(id="module:again", label="Ask me again what I missed"))
    if not course.learner:
        lines.append("To keep your progress, ask for a code. To go on from before, type your code.")
        options.append(Option(id="module:join", label="Give me a code to keep my progress"))
    introduction = INTRODUCTION.format(count=len(programme.modules))
    return TextMessage(
        lead=paragraphs(introduction, "\n".join(lines)),
        text=paragraphs(introduction, numbered(modules), "\n".join(lines)),
        options=[*modules, *options],
    )


def state(module: Module, result: ModuleResult | None) -> str:
    if result is None:
        return f"{module.minutes} minutes"
    return f"finished {day(result.finished)}, {result.score} of {result.asked}"


def reading(programme: Programme, module: Module, quote: Callable[[str], Quote]) -> list[Message]:
    number = [m.id for m in programme.modules].index(module.id) + 1
    intro = [
        f"Module {number} of {len(programme.modules)}: {module.title}. "
        f"About {module.minutes} minutes.",
        module.aim,
        "",
        "What to notice, passage by passage:",
        *(f"{n}. {reading.notice}" for n, reading in enumerate(module.read, 1)),
    ]
    quotes = [quote(reading.passage) for reading in module.read]
    lead = "Read these passages."
    passages = AnswerMessage(
        text=paragraphs(lead, *map(cited, quotes)),
        lead=lead,
        quotes=quotes,
        options=[
            Option(id="module:on", label="Go on to the scenario"),
            Option(id="module:list", label="Back to the modules"),
        ],
    )
    return [TextMessage(text="\n".join(intro)), passages]


A_FLOW = "A flow asks you one question at a time and ends with what the sources say."


def scenario(module: Module, flow_title: str, role: Role | None) -> TextMessage:
    text = module.scenario.for_role(role)
    return TextMessage(
        text=f"Scenario. {text}\n\n{A_FLOW}",
        options=[
            Option(id=start(module.scenario.flow), label=f"Try the flow: {flow_title}"),
            Option(id="module:on", label="Go on to the quiz"),
        ],
    )


def reminder(module: Module, course: Course) -> TextMessage:
    following = "scenario" if course.stage == "reading" else "quiz"
    return TextMessage(
        text=f"You are in induction: {module.title}. Go on when you are ready.",
        options=[
            Option(id="module:on", label=f"Go on to the {following}"),
            Option(id="module:list", label="Back to the modules"),
        ],
    )


def left() -> TextMessage:
    return TextMessage(
        text="Induction is put aside. Ask anything, or say start induction to go on another time.",
        options=[Option(id="module:list", label="Show the modules")],
    )


HOW = {
    "single": "Choose one.",
    "source": "Choose one.",
    "multiple": "Choose all that apply, then check your answer.",
    "order": "Choose them in order, first to last.",
}


def question(asked: QuizQuestion, course: Course) -> TextMessage:
    done, left = course.asked, len(course.waiting)
    path = f"{course.waiting[0].module}/{asked.id}"
    answers = [
        Option(
            id=f"quiz:{path}/{option.id}", label=f"{option.label}{chosen(asked, option, course)}"
        )
        for option in asked.shown
    ]
    ways = [Option(id="module:skip", label="Skip this question")]
    if course.picked:
        ways.insert(0, Option(id=f"quiz:{path}", label="Check my answer"))
    lead = f"Question {done + 1} of {done + left}. {asked.ask}\n{HOW[asked.kind]}"
    return TextMessage(
        lead=lead, text=paragraphs(lead, numbered(answers)), options=[*answers, *ways]
    )


def chosen(asked: QuizQuestion, option: QuizOption, course: Course) -> str:
    if option.id not in course.picked:
        return ""
    place = f" {course.picked.index(option.id) + 1}" if asked.kind == "order" else ""
    return f" (chosen{place})"


def out_of_range(asked: QuizQuestion) -> TextMessage:
    return TextMessage(text=f"The answers have the numbers 1 to {len(asked.options)}.")


def verdict(asked: QuizQuestion, picked: tuple[str, ...]) -> str:
    """Never a telling-off."""
    if asked.is_right(picked):
        return "That is right."
    if not picked:
        return "You gave no full answer to this one."
    if asked.kind == "multiple" and set(picked) & set(asked.answer):
        return "Part of that is right."
    return "The source says something else."


def marked(asked: QuizQuestion, picked: tuple[str, ...], quote: Callable[[str], Quote]) -> Message:
    """The reasons first, then the source's own words."""
    lines = [verdict(asked, picked)]
    explained = asked.explained(picked)
    if asked.kind == "order":
        lines += [f"{n}. {option.label}. {option.why}" for n, option in enumerate(explained, 1)]
    else:
        for option in explained:
            yours = " (your answer)" if option.id in picked else ""
            lines.append(f"{option.label}{yours}: {option.why}")
    lines += [note for note in (asked.superseded, asked.fixed) if note]
    lead = "\n".join(lines)
    quotes = [quote(passage) for passage in asked.sources(picked)]
    if not quotes:
        return TextMessage(text=lead)
    return AnswerMessage(text=paragraphs(lead, *map(cited, quotes)), lead=lead, quotes=quotes)


def done(programme: Programme, course: Course) -> TextMessage:
    right = sum(result.right for result in course.results)
    module = programme.module(course.module or "")
    name = "Refresher" if course.refreshing or not module else f"Module: {module.title}"
    lines = [f"{name} finished. {right} of {course.asked} right."]
    options = []
    following = programme.after(module.id) if module and not course.refreshing else None
    if following:
        options.append(Option(id="module:on", label=f"Next: {following.title}"))
    if course.learner:
        lines.append("Kept under your code: the module, the date, the score and what to ask again.")
    else:
        lines.append("Nothing is kept unless you ask for a code.")
        options.append(Option(id="module:join", label="Give me a code to keep my progress"))
    options.append(Option(id="module:list", label="Back to the modules"))
    return TextMessage(text="\n".join(lines), options=options)


def code(given: str) -> TextMessage:
    return TextMessage(
        text=f"Your code is {given}\nWrite it down. It is shown once and cannot be looked up. "
        "Type it on any device to go on. It holds modules, dates, scores and which questions to "
        "ask again, and nothing else.",
        options=[
            Option(id="module:list", label="Back to the modules"),
        ],
    )


def unknown_code() -> TextMessage:
    return TextMessage(
        text="That code is not known here. Check each letter, or start without one.",
        options=[Option(id="module:list", label="Show the modules")],
    )


def nothing_due(when: date | None, *, has_code: bool) -> TextMessage:
    if not has_code:
        said = "A refresher needs your code, because it asks what you missed. Type your code first."
    elif when is None:
        said = "Finish a module first. A refresher asks again what you missed."
    else:
        said = f"Nothing is due today. Come back on {day(when)}."
    return TextMessage(text=said, options=[Option(id="module:list", label="Show the modules")])


def closed() -> TextMessage:
    return TextMessage(text="That question is closed. Your answer to it stands.")


def lasting(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' if hours > 1 else ''}" if hours else "", f"{left} minutes"]
    return " ".join(part for part in parts if part and part != "0 minutes")


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"

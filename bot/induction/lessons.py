"""What each stage of the programme says, as messages of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.choices import start
from bot.content.induction_phrases import InductionPhrases
from bot.content.phrases import Phrases
from bot.flows import Flows
from bot.induction.course import Course
from bot.induction.model import ROLES, Module, Programme, QuizOption, QuizQuestion, Role
from bot.induction.progress import ModuleResult
from bot.messages import AnswerMessage, Message, Option, TextMessage
from bot.rendering.plain_text import PlainText, numbered, paragraphs
from knowledge.quotes import Quote


@dataclass(frozen=True)
class Lessons:
    """`quote` gives the passage with an id; `flow_titles` the flow of each scenario."""

    programme: Programme
    flow_titles: Mapping[str, str]
    quote: Callable[[str], Quote]
    phrases: InductionPhrases
    plain_text: PlainText

    @classmethod
    def of(
        cls, programme: Programme, flows: Flows, quote: Callable[[str], Quote], phrases: Phrases
    ) -> Lessons:
        """The programme, as the flows, the passages and the phrases of one edition tell it."""
        return cls(
            programme,
            {flow.id: flow.title for flow in flows.values()},
            quote,
            phrases.induction,
            PlainText(phrases.quotations),
        )

    def menu(self, results: Mapping[str, ModuleResult], course: Course) -> TextMessage:
        phrases = self.phrases
        modules, options = [], []
        for module in self.programme.modules:
            label = f"{module.title} ({self.state(module, results.get(module.id))})"
            modules.append(Option(id=f"module:open/{module.id}", label=label))
        passed = self.programme.passed(results)
        left = sum(m.minutes for m in self.programme.modules if m not in passed)
        lines = [phrases.time_left.format(time=lasting(left)) if left else phrases.all_finished]
        if course.role is None:
            lines.append(phrases.choose_role)
            options += [Option(id=f"module:role/{r}", label=label) for r, label in ROLES.items()]
        if results:
            options.append(Option(id="module:again", label=phrases.ask_again_label))
        if not course.learner:
            lines.append(phrases.keep_progress)
            options.append(Option(id="module:join", label=phrases.join_label))
        introduction = phrases.introduction.format(count=len(self.programme.modules))
        return TextMessage(
            lead=paragraphs(introduction, "\n".join(lines)),
            text=paragraphs(introduction, numbered(modules), "\n".join(lines)),
            options=[*modules, *options],
        )

    def state(self, module: Module, result: ModuleResult | None) -> str:
        if result is None:
            return self.phrases.minutes.format(minutes=module.minutes)
        passes = self.programme.passes(result.score, result.asked)
        phrase = self.phrases.finished if passes else self.phrases.not_passed_yet
        return phrase.format(day=day(result.finished), score=result.score, asked=result.asked)

    def reading(self, module: Module) -> list[Message]:
        phrases = self.phrases
        intro = [
            phrases.module.format(
                number=self.programme.modules.index(module) + 1,
                count=len(self.programme.modules),
                title=module.title,
                minutes=module.minutes,
            ),
            module.aim,
            "",
            phrases.to_notice,
            *(f"{n}. {reading.notice}" for n, reading in enumerate(module.read, 1)),
        ]
        quotes = [self.quote(reading.passage) for reading in module.read]
        passages = AnswerMessage(
            text=paragraphs(phrases.read, *map(self.plain_text.cited, quotes)),
            lead=phrases.read,
            quotes=quotes,
            options=[
                Option(id="module:on", label=phrases.to_scenario_label),
                Option(id="module:list", label=phrases.list_label),
            ],
        )
        return [TextMessage(text="\n".join(intro)), passages]

    def scenario(self, module: Module, role: Role | None) -> TextMessage:
        phrases = self.phrases
        told = phrases.scenario.format(text=module.scenario.for_role(role))
        title = self.flow_titles[module.scenario.flow]
        return TextMessage(
            text=paragraphs(told, phrases.a_flow),
            options=[
                Option(
                    id=start(module.scenario.flow), label=phrases.flow_label.format(title=title)
                ),
                Option(id="module:on", label=phrases.to_quiz_label),
            ],
        )

    def reminder(self, module: Module, course: Course) -> TextMessage:
        phrases = self.phrases
        reads = course.stage == "reading"
        following = phrases.to_scenario_label if reads else phrases.to_quiz_label
        return TextMessage(
            text=phrases.reminder.format(title=module.title),
            options=[
                Option(id="module:on", label=following),
                Option(id="module:list", label=phrases.list_label),
            ],
        )

    def left(self) -> TextMessage:
        return TextMessage(text=self.phrases.put_aside, options=[self._show_list()])

    def question(self, asked: QuizQuestion, course: Course) -> TextMessage:
        phrases = self.phrases
        done, left = course.asked, len(course.waiting)
        path = f"{course.waiting[0].module}/{asked.id}"
        answers = [
            Option(
                id=f"quiz:{path}/{option.id}",
                label=f"{option.label}{self._chosen(asked, option, course)}",
            )
            for option in asked.shown
        ]
        options = [*answers]
        if asked.is_answered(course.picked):
            options.append(Option(id=f"quiz:{path}", label=phrases.check_label))
        options.append(Option(id="module:skip", label=phrases.skip_label))
        heading = phrases.question.format(number=done + 1, count=done + left, ask=asked.ask)
        lead = f"{heading}\n{self._how(asked)}"
        return TextMessage(lead=lead, text=paragraphs(lead, numbered(answers)), options=options)

    def out_of_range(self, asked: QuizQuestion) -> TextMessage:
        return TextMessage(text=self.phrases.out_of_range.format(count=len(asked.options)))

    def verdict(self, asked: QuizQuestion, picked: tuple[str, ...]) -> str:
        """Never a telling-off."""
        if asked.is_right(picked):
            return self.phrases.right
        if asked.kind == "multiple" and set(picked) & set(asked.answer):
            return self.phrases.partly_right
        return self.phrases.not_right

    def marked(self, asked: QuizQuestion, picked: tuple[str, ...]) -> Message:
        """The reasons first, then the source's own words."""
        lines = [self.verdict(asked, picked)]
        explained = asked.explained(picked)
        if asked.kind == "order":
            lines += [f"{n}. {option.label}. {option.why}" for n, option in enumerate(explained, 1)]
        else:
            for option in explained:
                yours = self.phrases.your_answer if option.id in picked else ""
                lines.append(f"{option.label}{yours}: {option.why}")
        lines += [note for note in (asked.superseded, asked.fixed) if note]
        lead = "\n".join(lines)
        quotes = [self.quote(passage) for passage in asked.sources(picked)]
        if not quotes:
            return TextMessage(text=lead)
        text = paragraphs(lead, *map(self.plain_text.cited, quotes))
        return AnswerMessage(text=text, lead=lead, quotes=quotes)

    def done(self, course: Course) -> TextMessage:
        phrases = self.phrases
        counted = {"right": sum(result.right for result in course.results), "asked": course.asked}
        module = None if course.refreshing else self.programme.module(course.module or "")
        finished = phrases.module_finished if module else phrases.refresher_finished
        lines = [finished.format(title=module.title if module else "", **counted)]
        options = []
        if module:
            passes = self.programme.passes(counted["right"], course.asked)
            lines.append(self.outcome(course.asked, passes=passes))
            if not passes:
                options.append(Option(id="module:retake", label=phrases.retake_label))
        if module and (following := self.programme.after(module.id)):
            label = phrases.next_label.format(title=following.title)
            options.append(Option(id="module:on", label=label))
        if course.learner:
            lines.append(phrases.kept)
        else:
            lines.append(phrases.not_kept)
            options.append(Option(id="module:join", label=phrases.join_label))
        options.append(Option(id="module:list", label=phrases.list_label))
        return TextMessage(text="\n".join(lines), options=options)

    def outcome(self, asked: int, *, passes: bool) -> str:
        """Whether a quiz of so many questions is passed, and what it takes."""
        phrase = self.phrases.passed if passes else self.phrases.not_passed
        return phrase.format(needed=self.programme.needed(asked), asked=asked)

    def code(self, given: str) -> TextMessage:
        back = Option(id="module:list", label=self.phrases.list_label)
        return TextMessage(text=self.phrases.code.format(code=given), options=[back])

    def unknown_code(self) -> TextMessage:
        return TextMessage(text=self.phrases.unknown_code, options=[self._show_list()])

    def nothing_due(self, when: date | None, *, has_code: bool) -> TextMessage:
        if not has_code:
            said = self.phrases.refresher_needs_code
        elif when is None:
            said = self.phrases.nothing_finished
        else:
            said = self.phrases.nothing_due.format(day=day(when))
        return TextMessage(text=said, options=[self._show_list()])

    def closed(self) -> TextMessage:
        return TextMessage(text=self.phrases.closed)

    def _show_list(self) -> Option:
        return Option(id="module:list", label=self.phrases.show_list_label)

    def _how(self, asked: QuizQuestion) -> str:
        match asked.kind:
            case "multiple":
                return self.phrases.choose_all
            case "order":
                return self.phrases.choose_order
        return self.phrases.choose_one

    def _chosen(self, asked: QuizQuestion, option: QuizOption, course: Course) -> str:
        if option.id not in course.picked:
            return ""
        if asked.kind != "order":
            return self.phrases.chosen
        return self.phrases.chosen_at.format(place=course.picked.index(option.id) + 1)


def lasting(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' if hours > 1 else ''}" if hours else "", f"{left} minutes"]
    return " ".join(part for part in parts if part and part != "0 minutes")


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"

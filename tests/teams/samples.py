"""One of everything that Teams may have to show: all flows, all reasons, lessons, awkward words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from bot.content.contacts import read_contacts
from bot.flows import DialogueStack, TellOutcome, Walk, read_flows
from bot.induction import Course, Programme, lessons, read_programme
from bot.induction.codes import new_code
from bot.messages import AnswerMessage, Message, NotCoveredMessage
from bot.rendering.flows import FlowRenderer
from bot.rendering.safety import privacy_message, safety_message, safety_wording
from bot.settings import HOME
from bot.understanding.personal_data.redactor import Redaction
from knowledge.library import Library
from knowledge.quotes import Notice


def every_message(library: Library) -> Iterator[tuple[str, Message]]:
    """Each with a name."""
    script = FlowRenderer(read_flows(HOME / "data" / "flows"), library.quote)
    contacts = read_contacts(HOME / "data" / "contacts.yaml")
    (menu,) = script.messages(DialogueStack().menu(script.flows).responses)
    yield "menu", menu
    for flow in script.flows.values():
        for step in flow.steps.values():
            yield f"question {step.ref}", script.question(step, Walk(flow.id))
        for outcome in flow.outcomes.values():
            yield (
                f"outcome {flow.id}/{outcome.id}",
                script.outcome(TellOutcome(outcome, Walk(flow.id))),
            )
    for reason in safety_wording():
        yield f"safety {reason}", safety_message(reason, contacts)
    yield from every_lesson(read_programme(HOME / "data" / "induction"), library)
    redaction = Redaction("[name] lives at *[address]*", ("name", "address"))
    yield "privacy", privacy_message(redaction, channel_keeps_a_copy=True)
    notice = Notice(id="n", kind="superseded", text="This is *old*.", checked_on=date(2026, 11, 21))
    quotes = [library.quote(each) for each in library.order[:: len(library.order) // 3]][:3]
    marked = quotes[0].model_copy(update={"notices": (notice,), "marks": ((0, 12),)})
    cut = quotes[1].model_copy(update={"truncated_in_source": True})
    lead = "The sources answer this."
    yield "answer", AnswerMessage(text=lead, lead=lead, quotes=[marked, cut, quotes[2]])
    yield (
        "not covered",
        NotCoveredMessage(
            text="The sources do not say.",
            lead="The sources do not say.",
            reason="not_in_sources",
            where_to_ask=contacts.of("safeguarding_lead", "lado"),
            related=[quotes[2]],
        ),
    )


def every_lesson(programme: Programme, library: Library) -> Iterator[tuple[str, Message]]:
    """The menu, the reading and the end of every module, and a question of every kind."""
    yield "lesson menu", lessons.menu(programme, {}, Course())
    yield "lesson code", lessons.code(new_code(Random(0).choice))
    for module in programme.modules:
        course = Course().open(module)
        intro, passages = lessons.reading(programme, module, library.quote)
        yield f"lesson {module.id} intro", intro
        yield f"lesson {module.id} passages", passages
        yield f"lesson {module.id} done", lessons.done(programme, course)
    module = programme.modules[3]
    quiz = Course().open(module).on(programme).on(programme)
    for question in module.quiz:
        yield f"lesson {question.kind} {question.id}", lessons.question(question, quiz)
        picked = (question.shown[0].id,)
        yield f"lesson marked {question.id}", lessons.marked(question, picked, library.quote)

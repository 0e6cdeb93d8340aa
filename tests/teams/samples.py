"""One of everything that Teams may have to show: all flows, all reasons, lessons, awkward words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from bot.choices import Choice
from bot.content.safety_wording import read_privacy_wording, read_safety_wording
from bot.flows import DialogueStack, TellOutcome, Walk
from bot.induction import Course
from bot.induction.codes import new_code
from bot.messages import AnswerMessage, Message, NotCoveredMessage, TextMessage
from bot.rendering.safety import SafetyRenderer
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.classifier import Alert
from knowledge.library import Library
from knowledge.quotes import Notice
from tests.shipped import ANSWERS, CONTACTS, FLOW_RENDERER, LESSONS, READINGS, SAFETY, answered


def every_message(library: Library) -> Iterator[tuple[str, Message]]:
    """Each with a name."""
    script = FLOW_RENDERER
    wordings = read_safety_wording(SAFETY, CONTACTS)
    safety = SafetyRenderer(wordings, read_privacy_wording(SAFETY, PLACEHOLDERS), CONTACTS, {})
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
    for reason in wordings:
        yield f"safety {reason}", safety.certain(reason)
        yield f"possible {reason}", safety.first(Alert(reason, certain=False))
    yield from every_lesson()
    redaction = Redaction("[name] lives at *[address]*", ("name", "address"))
    yield "privacy", safety.privacy(redaction, channel_keeps_a_copy=True)
    notice = Notice(id="n", kind="superseded", text="This is *old*.", checked_on=date(2026, 11, 21))
    quotes = [library.quote(each) for each in library.order[:: len(library.order) // 3]][:3]
    marked = quotes[0].model_copy(update={"notices": (notice,), "marks": ((0, 12),)})
    cut = quotes[1].model_copy(update={"truncated_in_source": True})
    lead = "The sources answer this."
    yield "answer", AnswerMessage(text=lead, lead=lead, quotes=[marked, cut, quotes[2]])
    nearest = replace(answered("003.2.3.4"), confidence="closest")
    closest = ANSWERS.message(nearest, ["record_keeping"], "who keeps *it*", numbers_free=True)
    others = (Choice("start", "new_concern"), Choice("do", "answer"))
    yield "closest", READINGS.added(closest, others, numbers_free=True)
    yield "other reading", READINGS.added(TextMessage(text="Begun."), others, numbers_free=True)
    yield (
        "not covered",
        NotCoveredMessage(
            text="The sources do not say.",
            lead="The sources do not say.",
            reason="not_in_sources",
            where_to_ask=CONTACTS.of("safeguarding_lead", "lado"),
            related=[quotes[2]],
        ),
    )


def every_lesson() -> Iterator[tuple[str, Message]]:
    """The menu, the reading and the end of every module, and a question of every kind."""
    programme = LESSONS.programme
    yield "lesson menu", LESSONS.menu({}, Course())
    yield "lesson code", LESSONS.code(new_code(Random(0).choice))
    for module in programme.modules:
        course = Course().open(module)
        intro, passages = LESSONS.reading(module)
        yield f"lesson {module.id} intro", intro
        yield f"lesson {module.id} passages", passages
        yield f"lesson {module.id} done", LESSONS.done(course)
    module = programme.modules[3]
    quiz = Course().open(module).on(programme).on(programme)
    for question in module.quiz:
        yield f"lesson {question.kind} {question.id}", LESSONS.question(question, quiz)
        picked = (question.shown[0].id,)
        yield f"lesson marked {question.id}", LESSONS.marked(question, picked)

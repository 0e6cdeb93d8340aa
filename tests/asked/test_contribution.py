"""What is kept of a turn, and what is not: a story, a name, a danger, small talk."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.asked.contribution import (
    LONGEST,
    AskedKind,
    AskedQuestion,
    UsageEvent,
    asked_question,
    event_of_rating,
    events_of_turn,
    plain_question,
)
from bot.conversation.store import StoredTurn
from bot.messages import (
    AnswerMessage,
    FlowPosition,
    Message,
    NotCoveredMessage,
    OutcomeMessage,
    PrivacyMessage,
    QuestionMessage,
    SafetyMessage,
    TextMessage,
)
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from tests.shipped import LIBRARY

DAY = date(2026, 11, 21)
QUOTE = LIBRARY.quote("000.p1")
ANSWER = AnswerMessage(text="a", lead="a", quotes=[QUOTE], edition="shipped")
NEAREST = ANSWER.model_copy(update={"confidence": "closest"})
MISSING = NotCoveredMessage(text="n", reason="not_in_sources", related=[QUOTE], edition="shipped")
OUTSIDE = NotCoveredMessage(text="o", reason="out_of_scope", edition="shipped")
DANGER = SafetyMessage(text="999", reason="immediate_danger", interrupts=False)


def turn(
    *messages: Message, said: str | None = "Who is the LADO?", choice: str | None = None
) -> StoredTurn:
    at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    return StoredTurn(1, said, choice, list(messages), at)


@pytest.mark.parametrize(
    ("reply", "rating", "kind"),
    [
        (MISSING, None, "not_found"),
        (MISSING, "not_useful", "not_found"),
        (NEAREST, None, "nearest_only"),
        (NEAREST, "not_useful", "unhelpful"),
        (ANSWER, "not_useful", "unhelpful"),
        (OUTSIDE, None, "out_of_scope"),
    ],
)
def test_each_kind_is_kept_by_the_day(reply: Message, rating: str | None, kind: AskedKind) -> None:
    asked = asked_question(turn(reply), "solihull", rating)
    shown = () if reply is OUTSIDE else ("000.p1",)
    assert asked == AskedQuestion(DAY, "who is the lado", kind, "solihull", "shipped", shown)


@pytest.mark.parametrize(
    ("kept", "rating"),
    [
        (turn(ANSWER), None),
        (turn(ANSWER), "useful"),
        (turn(TextMessage(text="hello")), "not_useful"),
        (turn(DANGER, MISSING), None),
        (turn(DANGER, NEAREST), "not_useful"),
        (turn(MISSING, said=None, choice="do:answer"), None),
        (turn(MISSING.model_copy(update={"asked": "You asked: who"})), None),
        (turn(MISSING, NEAREST), None),
    ],
    ids=[
        "answered",
        "helpful",
        "small talk",
        "danger",
        "danger rated",
        "a click",
        "part of a message",
        "two answers",
    ],
)
def test_nothing_else_is_kept(kept: StoredTurn, rating: str | None) -> None:
    assert asked_question(kept, None, rating) is None


OFFERED = QuestionMessage(
    text="q", lead="q", flow=FlowPosition(id="t", title="t", step="s", steps_done=0)
)


@pytest.mark.parametrize(("reply", "kind"), [(NEAREST, "nearest_only"), (MISSING, "not_found")])
def test_a_question_that_is_answered_at_a_click_is_kept_in_its_words(
    reply: Message, kind: AskedKind
) -> None:
    clicked = turn(reply.model_copy(update={"asked": "You asked"}), said=None, choice="do:answer")
    asked = asked_question(clicked, None, None, turn(OFFERED))
    assert asked == AskedQuestion(DAY, "who is the lado", kind, "", "shipped", ("000.p1",))
    assert asked_question(clicked, None, None, turn(MISSING)) is None
    assert asked_question(clicked, None, None, turn(DANGER)) is None
    told = turn(OFFERED, said="Dad hit her on Friday. What do I do?")
    assert asked_question(clicked, None, None, told) is None
    other = turn(reply, said=None, choice="do:why")
    assert asked_question(other, None, None, turn(OFFERED)) is None


@pytest.mark.parametrize("placeholder", [*PLACEHOLDERS.values(), "[learner's code]"])
def test_a_message_with_anything_taken_out_is_not_kept(placeholder: str) -> None:
    assert plain_question(f"What should I record about {placeholder}?") is None
    privacy = PrivacyMessage(text="p", redacted_text=placeholder, found=["name"])
    said = f"what about {placeholder}?"
    assert asked_question(turn(privacy, MISSING, said=said), None, None) is None


@pytest.mark.parametrize(
    "said",
    [
        "Dad hit her on Friday. What do I do?",
        "mum says she drinks most days and the school does nothing",
        "what " + "x" * LONGEST,
        "what do I do\nwho do I ring",
        "?!",
        "",
    ],
)
def test_a_story_a_statement_and_a_long_one_are_no_plain_questions(said: str) -> None:
    assert plain_question(said) is None


def test_questions_that_differ_only_in_how_they_are_typed_are_one() -> None:
    typed = (
        "What’s a  strategy discussion?",
        "what's a strategy discussion ??",
        "Whats a strategy discussion",
    )
    assert {plain_question(each) for each in typed} == {"whats a strategy discussion"}


def question(done: int) -> QuestionMessage:
    where = FlowPosition(id="tell_parents", title="t", step="first", steps_done=done)
    return QuestionMessage(text="q", lead="q", flow=where)


def test_flows_and_answers_are_counted_and_nothing_of_danger() -> None:
    done = OutcomeMessage(
        text="o", lead="o", flow=question(2).flow, kind="supported", edition="shipped"
    )
    begun = UsageEvent(DAY, "", "", "flow_begun", "tell_parents")
    assert list(events_of_turn(turn(question(0)), None, ())) == [begun]
    assert list(events_of_turn(turn(question(0)), None, ["step:tell_parents/first/yes"])) == []
    assert list(events_of_turn(turn(question(1)), None, ())) == []
    assert list(events_of_turn(turn(done), None, ())) == [
        UsageEvent(DAY, "", "shipped", "flow_finished", "tell_parents")
    ]
    assert list(events_of_turn(turn(NEAREST), "solihull", ())) == [
        UsageEvent(DAY, "solihull", "shipped", "nearest_only")
    ]
    assert list(events_of_turn(turn(DANGER, ANSWER), None, ())) == []


def test_a_rating_is_counted_on_the_day_of_its_turn() -> None:
    assert event_of_rating(turn(ANSWER), None, "useful") == UsageEvent(
        DAY, "", "shipped", "helpful"
    )
    assert event_of_rating(turn(ANSWER), None, None) is None
    assert event_of_rating(turn(DANGER), None, "not_useful") is None

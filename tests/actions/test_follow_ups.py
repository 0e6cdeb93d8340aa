"""What is said and remembered when a message is about the reply before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.tracker import ActionResult
from bot.flows import DialogueStack, QuickReply
from bot.messages import AnswerMessage, OutcomeMessage, QuestionMessage, TextMessage
from bot.understanding.shown import Shown
from bot.understanding.turn import RankedIntent, TurnInput
from tests.actions.conftest import Make
from tests.shipped import FLOWS, PHRASES, answered

QUESTION = "what must I record?"
FOUND = answered("003.2.6.1", "003.2.6.2", "004.iv.p2")
TURN = TurnInput(
    action="action_follow_up", topic=(QUESTION,), shown=Shown(QUESTION, ("003.2.6.1",))
)


@pytest.fixture
def reply(make: Make) -> ActionResult:
    """To somebody for whom the first passage was not it."""
    return make(FOUND).reply(replace(TURN, text="that is not it", intent="repair"))


def test_the_next_passages_stand_between_a_word_and_a_question(reply: ActionResult) -> None:
    before, answer, after = reply.messages
    assert before.text == PHRASES.follow_ups.misunderstood
    assert isinstance(answer, AnswerMessage)
    assert after.text == PHRASES.follow_ups.reword


def test_what_was_shown_is_remembered_with_what_was_shown_before(reply: ActionResult) -> None:
    shown = Shown.from_json(reply.slots["shown"])
    assert shown == Shown(QUESTION, ("003.2.6.2",), ("003.2.6.1",))
    assert reply.slots["topic"] == [QUESTION]


def test_with_nothing_left_people_are_named(make: Make) -> None:
    seen = tuple(quote.passage_id for quote in FOUND.quotes)
    turn = replace(TURN, text="more", intent="more", shown=Shown(QUESTION, seen))
    reply = make(FOUND).reply(turn)
    (message,) = reply.messages
    assert message.text.startswith(PHRASES.follow_ups.nothing_further)
    assert "Safeguarding lead" in message.text
    assert "shown" not in reply.slots


def test_the_first_of_two_offers_is_named_before_it_starts(make: Make) -> None:
    offers = (QuickReply("start:record_keeping", "Recording"), QuickReply("do:resume", "Other"))
    turn = replace(TURN, text="yes", intent="affirm", dialogue=DialogueStack(quick_replies=offers))
    reply = make(FOUND).reply(turn)
    assert reply.messages[0].text == PHRASES.flows.took_first.format(label="Recording")
    assert isinstance(reply.messages[-1], QuestionMessage)


def test_a_quotation_in_place_of_a_flow_sets_the_walk_aside(make: Make) -> None:
    walk = DialogueStack().start("record_keeping", FLOWS).dialogue
    turn = replace(TURN, text="no flow, just the quote", intent="quote_only", dialogue=walk)
    reply = make(FOUND).reply(turn)
    answer, stopped = reply.messages
    assert isinstance(answer, AnswerMessage)
    assert answer.related_flows == []
    assert isinstance(stopped, TextMessage)
    assert [option.id for option in stopped.options] == ["do:resume", "do:menu"]
    assert reply.slots["dialogue"]["walk"] is None


def test_what_started_a_flow_is_a_question_that_can_be_gone_back_to(make: Make) -> None:
    text, intent = "help me write up my visit", "start_record_keeping"
    sure = (RankedIntent(intent, 0.99),)
    turn = TurnInput(text, None, "action_start_flow", intent, sure, topic=(QUESTION,))
    started = make(FOUND).reply(turn)
    assert started.slots["topic"] == [QUESTION, text]
    assert started.slots["shown"] == Shown().to_json()


def test_an_outcome_is_what_was_shown_last(make: Make) -> None:
    walk = DialogueStack().start("new_concern", FLOWS).dialogue
    reply = make(FOUND).reply(replace(TURN, text="yes", intent="affirm", dialogue=walk))
    outcome = next(each for each in reply.messages if isinstance(each, OutcomeMessage))
    quoted = tuple(quote.passage_id for quote in outcome.quotes)
    assert Shown.from_json(reply.slots["shown"]) == Shown(passages=quoted)

"""From a meaning to the parts of a reply: two asks, other readings, what is remembered of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.tracker import ActionResult
from bot.choices import Choice
from bot.flows import DialogueStack
from bot.messages import AnswerMessage, NotCoveredMessage, QuestionMessage, TextMessage
from bot.understanding.clicks import ANSWER_INSTEAD
from bot.understanding.interpreter import Interpreter
from bot.understanding.meaning import (
    AndAnswer,
    FlowMove,
    Lookup,
    Lookups,
    Meaning,
    Noticed,
)
from bot.understanding.turn import TurnInput
from knowledge import Answer
from tests.actions.conftest import Make
from tests.shipped import FLOWS, NOTICES, PHRASES, answered

STORY = "who keeps the chronology, and what does it cost"
FIRST = Lookup(answered("003.2.3.5"), ("record_keeping",), asked="who keeps the chronology")
SECOND = Lookup(Answer("not_in_sources"), ("new_concern",), asked="what does it cost")


def said(make: Make, meaning: Meaning, turn: TurnInput) -> ActionResult:
    """What comes of a turn that means this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Interpreter, "understand", lambda _, turn: meaning)
        return make().reply(turn)


def test_two_asks_get_an_answer_each_with_the_words_that_it_answers(make: Make) -> None:
    reply = said(make, Lookups((FIRST, SECOND)), TurnInput(STORY, topic=("before",)))
    first, second = reply.messages
    assert isinstance(first, AnswerMessage)
    assert isinstance(second, NotCoveredMessage)
    assert first.text.startswith(f"You asked: “{FIRST.asked}”")
    assert second.asked == f"You asked: “{SECOND.asked}”"
    assert reply.slots["topic"] == ["before", FIRST.asked, SECOND.asked]


def test_only_the_options_of_the_last_answer_have_numbers(make: Make) -> None:
    reply = said(make, Lookups((FIRST, SECOND)), TurnInput(STORY))
    first, second = reply.messages
    assert f"- {first.options[0].label}" in first.text
    assert f"1. {second.options[0].label}" in second.text
    assert reply.slots["dialogue"]["ways"] == [["start:new_concern", second.options[0].label]]


def test_two_asks_in_the_middle_of_a_flow_come_before_its_step(make: Make) -> None:
    walk = DialogueStack().start("share_without_consent", FLOWS).dialogue
    reply = said(make, Lookups((FIRST, SECOND)), TurnInput(STORY, dialogue=walk))
    assert [type(each) for each in reply.messages] == [
        AnswerMessage,
        NotCoveredMessage,
        QuestionMessage,
    ]


def test_what_a_question_may_have_meant_instead_is_one_tap_away(make: Make) -> None:
    other = replace(FIRST, asked=None, other=(Choice("start", "new_concern"),))
    reply = said(make, other, TurnInput("who keeps the chronology"))
    message = reply.messages[0]
    assert isinstance(message, AnswerMessage)
    assert [each.id for each in message.did_you_mean] == ["start:new_concern"]
    ways = [way for way, _ in reply.slots["dialogue"]["ways"]]
    assert ways == ["start:record_keeping", "start:new_concern"]


def test_a_started_flow_offers_to_answer_instead_and_remembers_the_question(make: Make) -> None:
    started = FlowMove(DialogueStack().start("record_keeping", FLOWS), (ANSWER_INSTEAD,))
    reply = said(make, started, TurnInput("do I write up my visit?"))
    began, question = reply.messages
    assert isinstance(began, TextMessage)
    assert [each.label for each in began.did_you_mean] == [PHRASES.flows.answer_label]
    assert isinstance(question, QuestionMessage)
    assert reply.slots["topic"] == ["do I write up my visit?"]


def test_a_flow_started_for_good_remembers_no_question(make: Make) -> None:
    started = FlowMove(DialogueStack().start("record_keeping", FLOWS))
    assert "topic" not in said(make, started, TurnInput("help me write up my visit")).slots


def test_a_question_looked_up_again_is_remembered_once(make: Make) -> None:
    turn = TurnInput(choice=ANSWER_INSTEAD, action="action_choose", topic=("a", "b"))
    assert make().reply(turn).slots["topic"] == ["a", "b"]


def test_what_follows_a_notice_keeps_its_other_readings(make: Make) -> None:
    move = FlowMove(DialogueStack().start("record_keeping", FLOWS), (ANSWER_INSTEAD,))
    reply = said(make, Noticed(NOTICES["legal_advice"], move), TurnInput("q"))
    assert any(getattr(each, "did_you_mean", None) for each in reply.messages)
    assert reply.slots["topic"] == ["q"]


def test_beside_an_answer_to_the_open_question_stands_what_was_asked_with_it(make: Make) -> None:
    walk = DialogueStack().start("share_without_consent", FLOWS).dialogue
    moved = walk.choose("share_without_consent/s1", "no", FLOWS)
    reply = said(make, AndAnswer(FlowMove(moved), FIRST), TurnInput(STORY, dialogue=walk))
    assert [type(each) for each in reply.messages] == [AnswerMessage, QuestionMessage]
    assert reply.slots["topic"] == [FIRST.asked]
    assert reply.slots["dialogue"]["walk"] != walk.to_json(FLOWS)["walk"]

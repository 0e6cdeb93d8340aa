from __future__ import annotations

import pytest

from bot.choices import Choice
from bot.flows import DialogueStack
from bot.messages import AnswerMessage, TextMessage
from tests.shipped import ANSWERS, FLOW_RENDERER, FLOWS, PHRASES, READINGS, answered

TITLE = FLOWS["new_concern"].title
INSTEAD = PHRASES.flows.answer_label
OTHERS = (Choice("start", "new_concern"), Choice("do", "answer"))


def answer(flows: list[str]) -> AnswerMessage:
    message = ANSWERS.message(answered("003.2.3.4"), flows, numbers_free=True)
    assert isinstance(message, AnswerMessage)
    return message


def test_other_readings_are_choices_on_offer_after_the_flows() -> None:
    message = READINGS.added(answer(["record_keeping"]), OTHERS, numbers_free=True)
    assert [each.id for each in message.did_you_mean] == ["start:new_concern", "do:answer"]
    assert message.options[1:] == message.did_you_mean
    assert message.text.endswith(f"Did you mean:\n2. {TITLE}\n3. {INSTEAD}")
    assert [flow.id for flow in message.related_flows] == ["record_keeping"]


def test_in_a_walk_they_have_no_numbers() -> None:
    message = READINGS.added(answer([]), OTHERS, numbers_free=False)
    assert message.text.endswith(f"Did you mean:\n- {TITLE}\n- {INSTEAD}")


def test_a_text_keeps_its_own_words_apart() -> None:
    message = READINGS.added(TextMessage(text="Hello."), OTHERS, numbers_free=True)
    assert message.lead == "Hello."
    assert message.text == f"Hello.\n\nDid you mean:\n1. {TITLE}\n2. {INSTEAD}"


def test_they_stand_in_the_first_message_that_can_hold_them() -> None:
    flow = FLOWS["new_concern"]
    question = FLOW_RENDERER.messages(DialogueStack().start(flow.id, FLOWS).responses)
    held = READINGS.beside(question, OTHERS, numbers_free=True)
    assert [type(each) for each in held] == [type(each) for each in question]
    assert isinstance(held[0], TextMessage)
    assert held[0].did_you_mean
    # The numbers are those of the question, which comes last.
    assert f"- {INSTEAD}" in held[0].text
    alone = READINGS.beside(question[1:], OTHERS, numbers_free=True)
    assert alone[1:] == question[1:]
    assert alone[0].text.startswith("Did you mean:")
    assert READINGS.beside(question, (), numbers_free=True) == question


def test_what_cannot_be_another_reading_is_refused() -> None:
    with pytest.raises(ValueError, match="no other reading"):
        READINGS.added(TextMessage(text="!"), [Choice("quiz", "q")], numbers_free=True)
    with pytest.raises(KeyError):
        READINGS.added(TextMessage(text="!"), [Choice("start", "none")], numbers_free=True)

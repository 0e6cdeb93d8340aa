from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.tracker import read_turn
from bot.choices import Choice
from bot.flows import DialogueStack
from bot.induction.codes import PLACEHOLDER
from bot.understanding.shown import Shown
from bot.understanding.turn import RankedIntent, TurnInput
from tests.shipped import FLOWS


def read(said: dict[str, Any], **slots: Any) -> TurnInput:
    tracker = Tracker("c1", slots, said, [], False, None, {}, None)
    return read_turn("action_question", tracker, FLOWS)


def test_a_typed_message_keeps_its_ranking_and_what_the_conversation_remembers() -> None:
    dialogue = DialogueStack().start("record_keeping", FLOWS).dialogue
    turn = read(
        {
            "text": "who can see this?",
            "intent": {"name": "question", "confidence": 0.7},
            "intent_ranking": [
                {"name": "question", "confidence": 0.7},
                {"name": "start_recording", "confidence": 0.2},
            ],
            "metadata": {"area": "knowsley", "mode": "induction"},
        },
        dialogue=dialogue.to_json(FLOWS),
        topic=["what must be recorded"],
        shown={"query": "what must be recorded", "passages": ["003.2.6.1"]},
        induction={"stage": "reading", "module": "child_first"},
    )
    assert (turn.text, turn.choice, turn.intent) == ("who can see this?", None, "question")
    assert turn.ranking == (RankedIntent("question", 0.7), RankedIntent("start_recording", 0.2))
    assert [ranked.flow for ranked in turn.ranking] == [None, "recording"]
    assert turn.area == "knowsley"
    assert (turn.dialogue, turn.topic) == (dialogue, ("what must be recorded",))
    assert turn.shown == Shown("what must be recorded", ("003.2.6.1",))
    assert (turn.course.stage, turn.course.module) == ("reading", "child_first")


def test_the_documents_that_were_taken_out_come_with_the_message() -> None:
    metadata = {"documents": ["003"], "documents_before": {"what does [name] say": ["004"]}}
    turn = read({"text": "and [name]", "metadata": metadata})
    assert turn.documents == ("003",)
    assert turn.documents_before == {"what does [name] say": ("004",)}


def test_a_click_is_a_choice_and_not_a_text() -> None:
    turn = read(
        {
            "text": '/choose{"choice": "start:recording"}',
            "intent": {"name": "choose", "confidence": 1.0},
            "entities": [{"entity": "choice", "value": "start:recording"}],
        }
    )
    assert turn.choice == Choice("start", "recording")
    assert turn.text == ""


def test_the_learner_comes_from_the_messages_metadata() -> None:
    said = {"text": PLACEHOLDER, "metadata": {"mode": "guidance", "learner": "id"}}
    assert read(said).learner == "id"


def test_what_a_slot_holds_that_is_none_of_ours_is_nothing() -> None:
    turn = read({"text": "hello"}, dialogue="broken", topic=None, shown=["broken"])
    assert turn.dialogue == DialogueStack()
    assert turn.topic == ()
    assert turn.shown == Shown()

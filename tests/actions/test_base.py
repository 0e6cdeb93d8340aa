from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ActionInput, ActionResult, Ranked, TurnAction
from bot.choices import Choice
from bot.messages import MESSAGES, TextMessage


def tracker(said: dict[str, Any], **slots: Any) -> Tracker:
    return Tracker("c1", slots, said, [], False, None, {}, None)


def test_a_typed_message_keeps_its_ranking_and_what_the_conversation_remembers() -> None:
    turn = ActionInput.read(
        tracker(
            {
                "text": "who can see this?",
                "intent": {"name": "question", "confidence": 0.7},
                "intent_ranking": [
                    {"name": "question", "confidence": 0.7},
                    {"name": "start_recording", "confidence": 0.2},
                ],
                "metadata": {"area": "knowsley", "mode": "induction"},
            },
            dialogue={"open": None},
            topic=["what must be recorded"],
        )
    )
    assert (turn.text, turn.choice, turn.intent) == ("who can see this?", None, "question")
    assert turn.ranking == (Ranked("question", 0.7), Ranked("start_recording", 0.2))
    assert [ranked.flow for ranked in turn.ranking] == [None, "recording"]
    assert (turn.area, turn.mode) == ("knowsley", "induction")
    assert (turn.dialogue, turn.topic) == ({"open": None}, ("what must be recorded",))


def test_a_click_is_a_choice_and_not_a_text() -> None:
    said = {
        "text": '/choose{"choice": "start:recording"}',
        "intent": {"name": "choose", "confidence": 1.0},
        "entities": [{"entity": "choice", "value": "start:recording"}],
    }
    turn = ActionInput.read(tracker(said))
    assert turn.choice == Choice("start", "recording")
    assert turn.text == ""


class Echo(TurnAction):
    name = "action_echo"

    def reply(self, turn: ActionInput) -> ActionResult:
        return ActionResult([TextMessage(text=turn.text)], {"topic": [turn.text]})


def test_an_action_hands_its_messages_and_slots_to_rasa() -> None:
    dispatcher = CollectingDispatcher()
    events = asyncio.run(Echo().run(dispatcher, tracker({"text": "hello"}), {}))
    sent = MESSAGES.validate_python([each["custom"] for each in dispatcher.messages])
    assert sent == [TextMessage(text="hello")]
    assert [(event["name"], event["value"]) for event in events] == [("topic", ["hello"])]

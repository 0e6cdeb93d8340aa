"""One turn as an action sees it, and what the action gives back."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.choices import Choice
from bot.messages import Message


@dataclass(frozen=True)
class Ranked:
    """An intent that the message may have, with how sure the classifier is (0 to 1)."""

    intent: str
    confidence: float

    @property
    def flow(self) -> str | None:
        """The flow that the intent starts, if it starts one."""
        return self.intent[len("start_") :] if self.intent.startswith("start_") else None


@dataclass(frozen=True)
class ActionInput:
    """What was said, what it was taken for, and what the conversation remembers.

    `text` is redacted and empty when a choice was clicked. `learner` is the id of the code that
    was typed in it. `dialogue` and `induction`
    are the slots as JSON; `topic` holds the last questions, oldest first.
    """

    text: str = ""
    choice: Choice | None = None
    intent: str = "question"
    ranking: tuple[Ranked, ...] = ()
    area: str | None = None
    mode: str = "guidance"
    learner: str | None = None
    dialogue: Any = None
    topic: tuple[str, ...] = ()
    induction: Any = None

    @classmethod
    def read(cls, tracker: Tracker) -> ActionInput:
        said = tracker.latest_message
        slots = tracker.slots
        metadata = said.get("metadata") or {}
        clicked = next(
            (e["value"] for e in said.get("entities") or () if e["entity"] == "choice"), None
        )
        return cls(
            text="" if clicked else said.get("text") or "",
            choice=Choice.parse(clicked) if clicked else None,
            intent=(said.get("intent") or {}).get("name") or "question",
            ranking=tuple(
                Ranked(each["name"], each["confidence"])
                for each in said.get("intent_ranking") or ()
            ),
            area=metadata.get("area"),
            mode=metadata.get("mode") or "guidance",
            learner=metadata.get("learner"),
            dialogue=slots.get("dialogue"),
            topic=tuple(slots.get("topic") or ()),
            induction=slots.get("induction"),
        )


@dataclass(frozen=True)
class ActionResult:
    """Messages in the order they are read, and the slots to remember (JSON values)."""

    messages: Sequence[Message]
    slots: dict[str, Any] = field(default_factory=dict)


class TurnAction(ABC):
    """What one rule leads to: turns a `ActionInput` into a `ActionResult`, off the event loop.

    `name` is the action's name in the domain.
    """

    name: str

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        reply = await asyncio.to_thread(self.reply, ActionInput.read(tracker))
        for message in reply.messages:
            dispatcher.utter_message(json_message=message.model_dump(mode="json"))
        return [SlotSet(slot, value) for slot, value in reply.slots.items()]

    @abstractmethod
    def reply(self, turn: ActionInput) -> ActionResult: ...

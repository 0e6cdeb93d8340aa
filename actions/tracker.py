"""Between Rasa's tracker and the pipeline: what an action is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from bot.choices import Choice
from bot.flows import DialogueStack, Flows
from bot.induction.course import Course
from bot.messages import Message
from bot.understanding.shown import Shown
from bot.understanding.turn import RankedIntent, TurnInput

DIALOGUE = "dialogue"
TOPIC = "topic"
SHOWN = "shown"
INDUCTION = "induction"
NOTICED = "noticed"
"""The slots of `domain.yml`."""


@dataclass(frozen=True)
class ActionResult:
    """Messages in the order they are read, and the slots to remember (JSON values)."""

    messages: Sequence[Message]
    slots: dict[str, Any]


def read_turn(action: str, tracker: Tracker, flows: Flows) -> TurnInput:
    """What was said or clicked, what Rasa took it for, and the slots, each read once."""
    said, slots = tracker.latest_message, tracker.slots
    metadata = said.get("metadata") or {}
    clicked = next(
        (e["value"] for e in said.get("entities") or () if e["entity"] == "choice"), None
    )
    return TurnInput(
        text="" if clicked else said.get("text") or "",
        choice=Choice.parse(clicked) if clicked else None,
        action=action,
        intent=(said.get("intent") or {}).get("name") or "question",
        ranking=tuple(
            RankedIntent(each["name"], each["confidence"])
            for each in said.get("intent_ranking") or ()
        ),
        area=metadata.get("area"),
        learner=metadata.get("learner"),
        before=metadata.get("before"),
        doubtful="doubtful" in metadata,
        after_999="after_999" in metadata,
        documents=tuple(metadata.get("documents") or ()),
        documents_before={
            words: tuple(named) for words, named in (metadata.get("documents_before") or {}).items()
        },
        dialogue=DialogueStack.from_json(slots.get(DIALOGUE), flows),
        course=Course.model_validate(slots.get(INDUCTION) or {}),
        topic=tuple(slots.get(TOPIC) or ()),
        shown=Shown.from_json(slots.get(SHOWN)),
        noticed=tuple(slots.get(NOTICED) or ()),
    )

"""Which intent a message of `data/messages` is an example of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LOOKED_UP = ("answer", "abstain", "out_of_scope", "question")
INTENT_OF_REASON = {
    "accused": "notice/accused",
    "caller": "notice/caller",
    "grief": "notice/grief",
    # 999 and whom to tell are named before Rasa hears of it; what is left is a question.
    "allegation": "notice/colleague",
    "lead_missing": "notice/lead_missing",
}


def intent_of_message(line: Mapping[str, Any]) -> str | None:
    """`line` is in the form of `docs/evaluation.md`. None where no intent can be said."""
    if line["kind"] == "flow":
        return f"start_{line['flow']}"
    if line["kind"] in ("role", "contact", "abstain") and line.get("reason") in INTENT_OF_REASON:
        return INTENT_OF_REASON[line["reason"]]
    if line["kind"] == "contact":
        return "contact"
    return "question" if line["kind"] in LOOKED_UP else None


def stands_alone(line: Mapping[str, Any]) -> bool:
    """Whether the message says by itself what it is. Whoever asks whom to ring mostly does, and
    what is looked up is no command, whatever was said before it."""
    return line["kind"] in ("contact", *LOOKED_UP) or not line.get("context")

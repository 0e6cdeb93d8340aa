"""Items and replies that nobody wrote or gave, for the tests of what judges them."""

from __future__ import annotations

from typing import Any

from bot.evaluation.items import Item
from bot.evaluation.replies import JudgedReply
from bot.messages import (
    AnswerMessage,
    Card,
    FlowPosition,
    FlowRef,
    Message,
    NotCoveredMessage,
    Option,
    OutcomeMessage,
    PrivacyMessage,
    QuestionMessage,
    SafetyMessage,
    TextMessage,
)
from knowledge.findings import Confidence
from knowledge.gold import GoldCheck
from tests.shipped import LIBRARY, RELATIONS

GOLD = GoldCheck(LIBRARY, RELATIONS)
RIGHT, WRONG = "000.p1", "003.2.6.1"
DANGER = SafetyMessage(text="Call 999 now.", reason="immediate_danger")
GAP = NotCoveredMessage(text="…", reason="not_in_sources")
HELLO = TextMessage(text="Hello")
NEEDED: dict[str, dict[str, Any]] = {
    "answer": {"passages": [RIGHT]},
    "flow": {"flow": "tell_parents", "alt_flow": "hear_the_child"},
    "pii": {"pii": ["Kieran", "07700 900123"]},
}


def item(kind: str, **given: object) -> Item:
    """An item of the kind, with what such a one needs."""
    fields = {"id": "x", "q": "…", "author": "s1", "kind": kind} | NEEDED.get(kind, {}) | given
    return Item.model_validate(fields)


def judged(kind: str, *messages: Message, **given: object) -> JudgedReply:
    return JudgedReply(item(kind, **given), messages, GOLD)


def answer(*passages: str, confidence: Confidence = "answers", flows: str = "") -> AnswerMessage:
    return AnswerMessage(
        text="…",
        lead="…",
        quotes=[LIBRARY.quote(each) for each in passages],
        confidence=confidence,
        related_flows=[FlowRef(id=each, title="…") for each in flows.split()],
    )


def question(flow: str) -> QuestionMessage:
    return QuestionMessage(text="…", lead="…", flow=FlowPosition(id=flow, title="…", step="first"))


def outcome(flow: str, *passages: str, on_card: str = "") -> OutcomeMessage:
    quotes = [LIBRARY.quote(each) for each in on_card.split()]
    return OutcomeMessage(
        text="…",
        lead="…",
        flow=FlowPosition(id=flow, title="…", step="last"),
        kind="advice",
        quotes=[LIBRARY.quote(each) for each in passages],
        cards=[Card(id="card", text="…", quotes=quotes)],
    )


def offer(*choices: str) -> TextMessage:
    return TextMessage(text="…", options=[Option(id=each, label="…") for each in choices])


def privacy(kept: str) -> PrivacyMessage:
    return PrivacyMessage(text="…", redacted_text=kept, found=["name"])

"""Marks by which several that asked can be told from one that asked often, and nobody can be found.

A mark is made with the hash of the conversation's token and its id: both are gone with the
conversation, and then nobody can tell any more whose it was. What is counted apart has another
mark, so that it cannot be put together.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import replace

from bot.asked.contribution import AskedQuestion, Event, UsageEvent
from bot.conversation.store import Conversation, StoredTurn
from bot.messages import OutcomeMessage, QuestionMessage

LENGTH = 16
"""Hexadecimal digits: 64 bits, of which two are the same once in four billion conversations."""
UNKNOWN = ""
"""Of what was counted before there were marks."""
FORGOTTEN = "forgotten"
"""Of all conversations that a person has deleted: of them it is only known that there was one."""
QUESTIONS, ANSWERS, RATINGS = "questions", "answers", "ratings"
RATED: frozenset[Event] = frozenset({"helpful", "unhelpful"})


def marked_question(question: AskedQuestion, conversation: Conversation) -> AskedQuestion:
    return replace(question, mark=_mark(conversation, QUESTIONS))


def marked_event(event: UsageEvent, conversation: Conversation) -> UsageEvent:
    return replace(event, mark=_mark(conversation, _counted_as(event)))


def counted_marks(conversation: Conversation, turns: Iterable[StoredTurn]) -> frozenset[str]:
    """All that its events can have."""
    flows = {
        _of_flow(message.flow.id)
        for turn in turns
        for message in turn.messages
        if isinstance(message, QuestionMessage | OutcomeMessage)
    }
    return frozenset(_mark(conversation, each) for each in (ANSWERS, RATINGS, *flows))


def _counted_as(event: UsageEvent) -> str:
    """Answers of every kind are added up, and so are ratings; flows are not."""
    if event.flow:
        return _of_flow(event.flow)
    return RATINGS if event.event in RATED else ANSWERS


def _of_flow(flow_id: str) -> str:
    return f"flow {flow_id}"


def _mark(conversation: Conversation, counted_as: str) -> str:
    said = f"{conversation.id} {counted_as}".encode()
    return hmac.new(conversation.token_hash.encode(), said, hashlib.sha256).hexdigest()[:LENGTH]

"""What the exit code says to a script."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from bot.messages import AnswerMessage, Message, NotCoveredMessage, SafetyMessage


class Exit(IntEnum):
    ANSWERED = 0
    NOT_COVERED = 1
    NOT_TAKEN_IN = 1
    NOT_SOUND = 1
    USAGE = 2
    NOT_REACHABLE = 3
    SAFETY = 4
    FAILED = 5
    NOT_LIVE = 6
    WORSE = 7
    INTERRUPTED = 130

    @classmethod
    def for_reply(cls, messages: Sequence[Message]) -> Exit:
        if any(isinstance(message, SafetyMessage) for message in messages):
            return cls.SAFETY
        if any(map(_claims_nothing, messages)):
            return cls.NOT_COVERED
        return cls.ANSWERED


def _claims_nothing(message: Message) -> bool:
    """Whether it says that the sources do not answer, or may not."""
    if isinstance(message, AnswerMessage):
        return message.confidence == "closest"
    return isinstance(message, NotCoveredMessage)

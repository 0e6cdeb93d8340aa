"""What the exit code says to a script."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from bot.messages import Message, NotCoveredMessage, SafetyMessage


class Exit(IntEnum):
    ANSWERED = 0
    NOT_COVERED = 1
    USAGE = 2
    NOT_REACHABLE = 3
    SAFETY = 4
    FAILED = 5
    INTERRUPTED = 130

    @classmethod
    def for_reply(cls, messages: Sequence[Message]) -> Exit:
        if any(isinstance(message, SafetyMessage) for message in messages):
            return cls.SAFETY
        if any(isinstance(message, NotCoveredMessage) for message in messages):
            return cls.NOT_COVERED
        return cls.ANSWERED

"""One turn of a conversation at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.errors import Refusal

TURN_WAITS_S = 1.5
"""For how long a turn waits for the one before it."""


class ConversationLocks:
    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def alone(
        self, conversation_id: str, waits_s: float = TURN_WAITS_S
    ) -> AsyncIterator[None]:
        """Raises a Refusal where the turn under way does not end in time."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        try:
            await asyncio.wait_for(lock.acquire(), waits_s)
        except TimeoutError:
            raise turn_under_way() from None
        try:
            yield
        finally:
            lock.release()


def turn_under_way() -> Refusal:
    return Refusal("turn-under-way", retry_after_s=2)

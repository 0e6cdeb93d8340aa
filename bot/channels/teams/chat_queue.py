"""The order in which the messages of a chat are answered: that in which they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class ChatQueue:
    """A queue for each chat, in which a place is taken before it is known who must wait."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def place(self, chat: str) -> AsyncIterator[Awaitable[object]]:
        """Taken on entry, left on exit. Awaiting it waits for all who came before.

        Whoever does not await it overtakes them, and lets nobody else past.
        """
        lock = self._locks.setdefault(chat, asyncio.Lock())

        def leave(taken: asyncio.Task[bool]) -> None:
            if not taken.cancelled():
                lock.release()

        place = asyncio.create_task(lock.acquire())
        try:
            yield place
        finally:
            place.add_done_callback(leave)

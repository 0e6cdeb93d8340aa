"""A request that many wait for and that is made once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Whoever asks while `work` is under way gets what that brings, or its failure."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self._work = work
        self._under_way: asyncio.Task[T] | None = None

    def begin(self) -> asyncio.Task[T]:
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.create_task(self._work())
            self._under_way.add_done_callback(_looked_at)
        return self._under_way

    async def result(self) -> T:
        """Raises what the work does. Who stops waiting stops it for nobody."""
        return await asyncio.shield(self.begin())


def _looked_at(task: asyncio.Task[Any]) -> None:
    """Nobody need wait for it, so that its failure may be told to nobody."""
    if not task.cancelled():
        task.exception()

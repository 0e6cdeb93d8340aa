"""Long work beside the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """By a thread that does not hold up the end of the program."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def do() -> None:
        try:
            told = partial(result.set_result, work())
        except Exception as error:
            told = partial(result.set_exception, error)
        # The program may have ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_unless_cancelled, result, told)

    threading.Thread(target=do, daemon=True).start()
    return await result


def _unless_cancelled(result: asyncio.Future[Any], told: Callable[[], None]) -> None:
    if not result.cancelled():
        told()

"""What takes long to make, for whoever asks for it last: one at a time, and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from knowledge.errors import ContentError

T = TypeVar("T")


class Latest(Generic[T]):
    """Keeps what was made for the last key. `name`: of the thread that makes it."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, name)
        self._lock = threading.Lock()
        self._key: tuple[str, ...] = ()
        self._making: Future[T] | None = None

    def making(self, key: tuple[str, ...], make: Callable[[], T]) -> Future[T]:
        """To wait for. What failed is tried again, but for content that cannot be used."""
        with self._lock:
            if self._making is None or self._key != key or _failed(self._making):
                self._key = key
                self._making = self._thread.submit(make)
            return self._making

    def ready(self, key: tuple[str, ...], make: Callable[[], T]) -> T | None:
        """None while it is being made. Raises whatever `make` raises."""
        making = self.making(key, make)
        return making.result() if making.done() else None


def _failed(making: Future[T]) -> bool:
    """Whether it may go well another time: the content is not to blame."""
    error = making.exception() if making.done() else None
    return error is not None and not isinstance(error, ContentError)

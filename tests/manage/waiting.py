"""Waiting for what a page is to say: as long as a test may take, on whatever machine runs it."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

PAUSE_S = 0.1


def until(
    get: Callable[[], httpx.Response], holds: Callable[[httpx.Response], bool]
) -> httpx.Response:
    """The first page for which it holds. The time that pytest gives a test ends a vain wait."""
    while not holds(page := get()):
        time.sleep(PAUSE_S)
    return page


def is_over(page: httpx.Response) -> bool:
    """Whether a page no longer asks again by itself."""
    return 'http-equiv="refresh"' not in page.text

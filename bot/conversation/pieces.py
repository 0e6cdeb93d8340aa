"""One thought, typed in pieces: the words that the next message may go on with."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import TTLCache

AT_ONCE_S = 4.0
"""Whoever writes again so soon has not read the reply. Replies quote 643 characters on average
(to the questions of tests/eval), which take half a minute to read."""

CONVERSATIONS = 10_000
"""So many are remembered at a time."""


@dataclass(frozen=True)
class Piece:
    """What was typed, redacted. `cautioned`: its reply named 999 first."""

    words: str
    cautioned: bool = False


class LastPieces:
    """The last words of each conversation, in memory and for a moment. Nothing waits for them."""

    def __init__(
        self, lasts_s: float = AT_ONCE_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pieces: TTLCache[str, Piece] = TTLCache(CONVERSATIONS, lasts_s, clock)

    def keep(self, conversation_id: str, piece: Piece) -> None:
        self._pieces[conversation_id] = piece

    def take(self, conversation_id: str) -> Piece | None:
        """What was kept a moment ago; it is forgotten with that."""
        return self._pieces.pop(conversation_id, None)

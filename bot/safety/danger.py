"""Does somebody need help now? Read before anything else, in every channel and state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import regex
from numpy.typing import NDArray

from bot.messages import SafetyReason
from bot.safety.alarms import Alarms
from bot.safety.head import Head
from bot.settings import HOME

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

PRECEDENCE: tuple[SafetyReason, ...] = (
    "immediate_danger",
    "self_harm",
    "child_user",
    "allegation",
    "public_user",
)
DATA = HOME / "data" / "safety"
SENTENCE_END = regex.compile(r"(?<=[.!?])\s+|\n+")
MOST_SENTENCES = 24


class Danger:
    """Patterns on a person's own words, and a linear head on the meaning of the redacted ones.

    `encode` turns texts into unit vectors of 384; it is given redacted text only.
    """

    def __init__(self, encode: Encode, data: Path = DATA) -> None:
        self._encode = encode
        self._alarms = Alarms.read(data / "danger.yaml")
        self._head = Head.read(data / "head.json")

    def reason(self, text: str, redacted: str) -> SafetyReason | None:
        """The gravest reason found in the normalised `text` or in what it says `redacted`."""
        return _gravest(self._heard(text) | self._meant(redacted))

    def by_words(self, text: str) -> SafetyReason | None:
        """Needs no encoder, so that it answers even when everything else is down."""
        return _gravest(self._heard(text))

    def by_meaning(self, redacted: str) -> SafetyReason | None:
        return _gravest(self._meant(redacted))

    def _heard(self, text: str) -> set[SafetyReason]:
        parts = sentences(text)
        return set[SafetyReason]().union(*map(self._alarms.heard, [*parts, *_joined(parts)]))

    def _meant(self, redacted: str) -> set[SafetyReason]:
        parts = sentences(redacted)[:MOST_SENTENCES]
        return (
            self._head.heard(np.vstack([self._encode([part]) for part in parts]))
            if parts
            else set()
        )


def sentences(text: str) -> list[str]:
    return [part for part in SENTENCE_END.split(text) if part.strip()]


def _joined(parts: list[str]) -> list[str]:
    """Neighbours together: what one sentence begins, the next may finish."""
    return [f"{first} {second}" for first, second in pairwise(parts)]


def _gravest(heard: set[SafetyReason]) -> SafetyReason | None:
    return next((reason for reason in PRECEDENCE if reason in heard), None)

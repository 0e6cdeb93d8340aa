"""Does somebody need help now? Read before anything else, in every channel and state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from pathlib import Path

import numpy as np
import regex
import structlog
from numpy.typing import NDArray

from bot.messages import SafetyReason
from bot.safety.alarms import Alarms
from bot.safety.head import Head, Judgement
from bot.settings import HOME

log = structlog.get_logger()

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
SURELY_CALM = 0.9
LONG = 2
"""Sentences from which on a text is also read in parts."""
# A learner's code is drawn at random, so nothing may be read into it.
LEARNERS_CODE = regex.compile(r"\b(?:[b-df-hj-np-tv-xz]{4}[- ]?){4,}", regex.IGNORECASE)


class Danger:
    """Patterns on a person's own words, and a linear head on the redacted ones.

    `encode` turns texts into unit vectors of 384; it is given redacted text only.
    """

    def __init__(self, encode: Encode, data: Path = DATA) -> None:
        self._encode = encode
        self._alarms = Alarms.read(data / "danger.yaml")
        self._head = Head.read(data / "head.npz")

    def reason(self, text: str, redacted: str) -> SafetyReason | None:
        """The gravest reason found in the normalised `text` or in what it says `redacted`.

        Words alone raise no alarm where the head is sure that the whole is calm: "a course on
        choking" has the words of one.
        """
        try:
            judged = self._judged(redacted)
        except Exception as error:
            # Whatever keeps the encoder from answering must not keep 999 from being said.
            log.error("danger.by_words_alone", error=type(error).__name__)
            return _gravest(self._heard(text))
        heard = self._heard(text) if judged.calm < SURELY_CALM else set()
        return _gravest(heard | judged.reasons)

    def _heard(self, text: str) -> set[SafetyReason]:
        parts = sentences(text)
        return set[SafetyReason]().union(*map(self._alarms.heard, [*parts, *_joined(parts)]))

    def _judged(self, redacted: str) -> Judgement:
        parts = [LEARNERS_CODE.sub("", part) for part in told(redacted)]
        return self._head.judge(parts, np.vstack([self._encode([part]) for part in parts]))


def told(text: str) -> list[str]:
    """The whole, and of a long text its sentences in twos: a part must not drown in the rest."""
    parts = sentences(text)[:MOST_SENTENCES]
    return list(dict.fromkeys([text, *(_joined(parts) if len(parts) > LONG else ())]))


def sentences(text: str) -> list[str]:
    return [part for part in SENTENCE_END.split(text) if part.strip()]


def _joined(parts: list[str]) -> list[str]:
    """Neighbours together: what one sentence begins, the next may finish."""
    return [f"{first} {second}" for first, second in pairwise(parts)]


def _gravest(heard: AbstractSet[SafetyReason]) -> SafetyReason | None:
    return next((reason for reason in PRECEDENCE if reason in heard), None)

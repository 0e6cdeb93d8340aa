"""A linear classifier as plain numbers: fitted with scikit-learn, used with numpy alone.

Scikit-learn's own format takes Rasa five seconds to load, and the product loads nothing
that could run code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

QUESTION = "question"
START = "start_"
WORD = re.compile(r"[a-z0-9']+|\?")
# How much the words themselves weigh beside the vector of the sentence, whose length is one.
WORDS_WEIGH = 0.5


def words_of(text: str) -> set[str]:
    return set(WORD.findall(text.lower().replace("’", "'")))


@dataclass(frozen=True)
class Weights:
    """`coefficients` has a row, and `intercepts` an entry, for each name.

    A message is seen as its sentence vector followed by which of `words` it has.
    """

    names: tuple[str, ...]
    words: tuple[str, ...]
    coefficients: Vectors
    intercepts: Vectors

    @cached_property
    def _places(self) -> dict[str, int]:
        return places_of(self.words)

    @classmethod
    def none(cls) -> Weights:
        """Before training."""
        return cls((), (), np.empty((0, 0), np.float32), np.empty(0, np.float32))

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        vectors: Vectors,
        names: Sequence[str],
        words: Sequence[str],
        strength: float,
    ) -> Weights:
        """`strength` is how closely to follow the examples (scikit-learn's C)."""
        # Imported late: only training needs it, and it takes a second.
        from sklearn.linear_model import LogisticRegression

        fitted = LogisticRegression(C=strength, class_weight="balanced", max_iter=300)
        fitted.fit(np.hstack([vectors, bags(texts, places_of(words))]), names)
        return cls(
            tuple(map(str, fitted.classes_)),
            tuple(words),
            fitted.coef_.astype(np.float32),
            fitted.intercept_.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> Weights:
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                tuple(map(str, stored["names"])),
                tuple(map(str, stored["words"])),
                stored["coefficients"],
                stored["intercepts"],
            )

    def save(self, path: Path) -> None:
        np.savez(
            path,
            names=np.array(self.names),
            words=np.array(self.words),
            coefficients=self.coefficients,
            intercepts=self.intercepts,
        )

    def rank(self, text: str, vector: Vectors) -> list[tuple[str, float]]:
        """Every name with its probability, most likely first."""
        seen = np.concatenate([vector, bags([text], self._places)[0]])
        scores = self.coefficients @ seen + self.intercepts
        powers = np.exp(scores - scores.max())
        shares = powers / powers.sum()
        return [(self.names[i], float(shares[i])) for i in np.argsort(-shares)]


def places_of(words: Sequence[str]) -> dict[str, int]:
    return {word: place for place, word in enumerate(words)}


def bags(texts: Sequence[str], places: Mapping[str, int]) -> Vectors:
    """A row a text: its known words, all alike, of length `WORDS_WEIGH` together."""
    rows = np.zeros((len(texts), len(places)), np.float32)
    for row, text in zip(rows, texts, strict=True):
        known = [places[word] for word in words_of(text) & places.keys()]
        row[known] = WORDS_WEIGH / max(1.0, len(known) ** 0.5)
    return rows


def decide(
    ranked: Sequence[tuple[str, float]], sure: float, sure_of_flow: float
) -> tuple[str, float]:
    """The likeliest name if it is sure enough, else a question."""
    best, share = ranked[0]
    enough = sure_of_flow if best.startswith(START) else sure
    return (best, share) if share >= enough else (QUESTION, dict(ranked)[QUESTION])

"""Which parts of a message are worth a vector: a sum over their words, cheap for any length.

It only puts parts in order. What danger there is, the patterns and the head say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from bot.understanding.safety.segments import Segment
from bot.understanding.safety.weights import read_weights

PLACES = 1 << 14
"""Of words and pairs of words; those that share one are not told apart."""
RANKED = 60
"""Parts that are put in order: many more than are read."""
MARKS = regex.compile(r"[^a-z0-9]+")

PrefilterWeights = NDArray[np.float32]


def places(words: Sequence[str]) -> NDArray[np.int64]:
    """Of every word its place and, in the second row, that of the word with the one before it."""
    bare = ["", *(MARKS.sub("", word) for word in words)]
    single = (crc32(word.encode()) for word in bare[1:])
    pairs = (crc32(f"{first} {second}".encode()) for first, second in pairwise(bare))
    found = np.fromiter((*single, *pairs), np.int64, 2 * len(words))
    return found.reshape(2, len(words)) % PLACES


@dataclass(frozen=True)
class Prefilter:
    """A logistic regression on the counts of words and pairs, over the root of the length."""

    weights: PrefilterWeights
    bias: float

    @classmethod
    def read(cls, path: Path) -> Prefilter:
        """Raises UserFacingError for a file that is missing or damaged."""
        stored = read_weights(path, "weights", "bias")
        return cls(stored["weights"].astype(np.float32), float(stored["bias"]))

    def write(self, path: Path) -> None:
        np.savez_compressed(
            path, weights=self.weights.astype(np.float16), bias=np.float32(self.bias)
        )

    def scores(self, words: Sequence[str], parts: Sequence[Segment]) -> NDArray[np.float64]:
        """How much each part of `words` sounds like danger: above 0, more likely than not."""
        # What has no English letter says nothing, however often.
        says = np.array([bool(MARKS.sub("", word)) for word in words])
        weights = self.weights[places(words)].sum(axis=0) * says
        sums = np.concatenate([[0.0], weights.cumsum()])
        first = np.array([part.first for part in parts], np.int64)
        last = np.array([part.last for part in parts], np.int64)
        return np.asarray((sums[last] - sums[first]) / np.sqrt(last - first) + self.bias)


def likeliest_first(parts: Sequence[Segment], scores: NDArray[np.float64]) -> list[Segment]:
    """The best by score, those that say much the same as a likelier one after all others."""
    ranked = [parts[at] for at in np.argsort(-scores, kind="stable")[:RANKED].tolist()]
    fresh: list[Segment] = []
    again: list[Segment] = []
    for part in ranked:
        (again if any(map(part.is_much_of, fresh)) else fresh).append(part)
    return fresh + again

"""Which parts of a long message are worth reading: a sum over their words, cheap for any length.

It only puts parts in order. What danger there is, the head says.
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

from bot.understanding.weights import read_weights, write_weights

PLACES = 1 << 14
"""Of words and pairs of words; those that share one are not told apart."""
WORD = regex.compile(r"[a-z0-9]+")
APOSTROPHES = regex.compile("['’]")

PrefilterWeights = NDArray[np.float32]


def places(text: str) -> NDArray[np.int64]:
    """Where each word of `text`, and each pair, is counted."""
    words = WORD.findall(APOSTROPHES.sub("", text.casefold()))
    pairs = (f"{first} {second}" for first, second in pairwise(["", *words]))
    found = [crc32(each.encode()) % PLACES for each in (*words, *pairs)]
    return np.array(found, np.int64)


@dataclass(frozen=True)
class Prefilter:
    """A logistic regression on the counts of words and pairs, over the root of their number."""

    weights: PrefilterWeights
    bias: float

    @classmethod
    def read(cls, path: Path) -> Prefilter:
        """Raises UserFacingError for a file that is missing or damaged."""
        stored = read_weights(path, "weights", "bias")
        return cls(stored["weights"].astype(np.float32), float(stored["bias"]))

    def write(self, path: Path, fingerprint: str) -> None:
        """Half precision, as the parts are only put in order."""
        write_weights(
            path, fingerprint, weights=self.weights.astype(np.float16), bias=np.float32(self.bias)
        )

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """How much each sounds like danger: above 0, more likely than not."""
        found = [places(text) for text in texts]
        return np.array(
            [self.weights[each].sum() / max(len(each), 1) ** 0.5 + self.bias for each in found]
        )

"""Which words of a message are part of a name: a linear chain over readable features.

The weights are trained by `python -m bot.understanding.personal_data.training` and kept in the
repository, so that every installation judges alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p
from pathlib import Path

import numpy as np

from bot.understanding.personal_data.features import Seen
from bot.understanding.weights import read_weights, write_weights

WEIGHTS = "names.npz"
"""In the data folder."""
CERTAIN = 60.0
"""A score beyond which a chance is nothing or one, as far as a number can say."""


@dataclass(frozen=True)
class Tagger:
    """`weights` of features by what they are called. A word is taken for a name from the chance
    `share` on."""

    weights: Mapping[str, float]
    share: float

    @classmethod
    def read(cls, path: Path) -> Tagger:
        """Raises UserFacingError for a file that is missing or damaged."""
        stored = read_weights(path, "names", "weights", "share")
        names = str(stored["names"]).split("\n")
        weights = stored["weights"].astype(np.float64).tolist()
        return cls(dict(zip(names, weights, strict=True)), float(stored["share"]))

    def write(self, path: Path, fingerprint: str) -> None:
        """Half precision: a chance moves by less than a hundredth."""
        write_weights(
            path,
            fingerprint,
            names=np.array("\n".join(self.weights)),
            weights=np.array(list(self.weights.values()), np.float16),
            share=np.float32(self.share),
        )

    def chances(self, seen: Sequence[Seen]) -> list[float]:
        """Of each word that it is part of a name, whatever its neighbours are."""
        if not seen:
            return []
        weights = self.weights
        alone = [sum(weights.get(name, 0.0) for name in own) for own, _ in seen]
        both = [sum(weights.get(name, 0.0) for name in pair) for _, pair in seen]
        ahead = _passed(alone, both)
        back = _passed(alone[::-1], [0.0, *both[:0:-1]])[::-1]
        return [
            _chance(before + behind - own)
            for own, before, behind in zip(alone, ahead, back, strict=True)
        ]


def _passed(alone: Sequence[float], both: Sequence[float]) -> list[float]:
    """The log odds of each word, given itself and all before it.

    `both` is what it adds that a word and the one before it are names.
    """
    odds: list[float] = []
    for own, pair in zip(alone, both, strict=True):
        if odds:
            own += _softplus(odds[-1] + pair) - _softplus(odds[-1])
        odds.append(own)
    return odds


def _softplus(score: float) -> float:
    return score if score > CERTAIN else log1p(exp(score))


def _chance(score: float) -> float:
    return 1 / (1 + exp(-max(-CERTAIN, min(CERTAIN, score))))

"""A linear head over the sentence encoder: how much a sentence means that somebody needs help.

The weights are trained by `python -m bot.safety.training` and kept in the repository, so that
every installation, and every start, judges alike.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.messages import SafetyReason

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Head:
    """`weights`: a row of 384 a reason, the last row for "none of these"; softmax over rows.

    A text raises the alarm for its likeliest reason when all reasons together are at least as
    likely as that reason's threshold.
    """

    reasons: tuple[SafetyReason, ...]
    weights: Vectors
    bias: Vectors
    thresholds: Vectors

    @classmethod
    def read(cls, path: Path) -> Head:
        file = json.loads(path.read_text("utf-8"))
        return cls(
            reasons=tuple(file["reasons"]),
            weights=np.asarray(file["weights"], dtype=np.float32),
            bias=np.asarray(file["bias"], dtype=np.float32),
            thresholds=np.asarray(file["thresholds"], dtype=np.float32),
        )

    def heard(self, vectors: Vectors) -> set[SafetyReason]:
        likely = self._probabilities(vectors)
        likeliest = likely[:, :-1].argmax(axis=1)
        alarming = 1.0 - likely[:, -1] >= self.thresholds[likeliest]
        return {self.reasons[column] for column in likeliest[alarming]}

    def _probabilities(self, vectors: Vectors) -> NDArray[np.float64]:
        scores = (vectors @ self.weights.T + self.bias).astype(np.float64)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

"""A linear head over what a message means and how it is put: does somebody need help now?

The numbers are trained by `python -m bot.safety.training` and kept in the repository, so that
every installation, and every start, judges alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.grams import features
from bot.messages import SafetyReason

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Judgement:
    """`reasons` that were heard; `calm` is the least share of "none of these" in any part."""

    reasons: frozenset[SafetyReason]
    calm: float


@dataclass(frozen=True)
class Head:
    """`weights`: a row a reason over `bot.grams.features`, the last row for "none of these".

    Softmax over the rows gives the shares. A reason is heard from its own threshold on. Where no
    reason reaches its own but all together reach `any_from`, the likeliest is heard.
    """

    reasons: tuple[SafetyReason, ...]
    weights: Vectors
    bias: Vectors
    thresholds: Vectors
    any_from: float

    @classmethod
    def read(cls, path: Path) -> Head:
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                reasons=tuple(stored["reasons"].tolist()),
                weights=stored["weights"].astype(np.float32),
                bias=stored["bias"],
                thresholds=stored["thresholds"],
                any_from=float(stored["any_from"]),
            )

    def write(self, path: Path) -> None:
        """Half precision: a share moves by less than a thousandth."""
        np.savez_compressed(
            path,
            reasons=np.array(self.reasons),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            thresholds=self.thresholds,
            any_from=np.float32(self.any_from),
        )

    def shares(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.float64]:
        """A row a text; the last column is the share of "none of these"."""
        scores = (features(texts, vectors) @ self.weights.T + self.bias).astype(np.float64)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def judge(self, texts: Sequence[str], vectors: Vectors) -> Judgement:
        """The parts of one message together."""
        shares = self.shares(texts, vectors)
        heard = frozenset[SafetyReason]().union(*map(self._heard, shares[:, :-1]))
        return Judgement(heard, float(shares[:, -1].min()))

    def _heard(self, share: NDArray[np.float64]) -> set[SafetyReason]:
        found = np.flatnonzero(share >= self.thresholds).tolist()
        if not found and share.sum() >= self.any_from:
            found = [int(share.argmax())]
        return {self.reasons[column] for column in found}

"""A small head over what a part of a message means and how it is put: who needs help now?

The numbers are trained by `python -m bot.understanding.safety.training` and kept in the
repository, so that every installation, and every start, judges alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import UserFacingError
from bot.messages import SafetyReason
from bot.understanding.safety.weights import read_weights
from bot.understanding.text_features import PLACES, features

Vectors = NDArray[np.float32]
FEATURES = 384 + 2 * PLACES
ARRAYS = ("weights", "bias", "hidden", "hidden_bias", "top", "thresholds")


LIVES: frozenset[SafetyReason] = frozenset({"immediate_danger", "self_harm"})
"""Where a life may be at stake, doubt between the reasons is no calm."""


class HeadFailed(RuntimeError):
    """The head gave something that is no share."""


@dataclass(frozen=True)
class Judgement:
    """The `reasons` that were heard in one part, the likeliest whether heard or not, and its share
    of "none of these"."""

    reasons: frozenset[SafetyReason]
    likeliest: SafetyReason
    calm: float

    def from_share(self, share: float) -> frozenset[SafetyReason]:
        """The likeliest reason, where all together have `share` or more."""
        return frozenset({self.likeliest} if 1 - self.calm >= share else ())


@dataclass(frozen=True)
class DangerHead:
    """`weights`: a row a reason over `bot.understanding.text_features.features`, the last row for
    "none of these".

    `hidden` reads the sentence vector alone: a row a unit, whose positive outputs `top` weighs, a
    row a reason. What a word means with others there, no sum over words can say.
    Softmax over the rows gives the shares. A reason is heard from its own threshold on. Where no
    reason reaches its own but all together reach `any_from`, the likeliest is heard, if it is of
    `LIVES`.
    """

    reasons: tuple[SafetyReason, ...]
    weights: Vectors
    bias: Vectors
    hidden: Vectors
    hidden_bias: Vectors
    top: Vectors
    thresholds: Vectors
    any_from: float

    @classmethod
    def read(cls, path: Path, reasons: tuple[SafetyReason, ...]) -> DangerHead:
        """Raises UserFacingError for a file that is missing, damaged or not about `reasons`."""
        stored = read_weights(path, "reasons", *ARRAYS, "any_from")
        rows, units = len(reasons) + 1, len(stored["hidden_bias"])
        wanted = (rows, FEATURES), (rows,), (units, 384), (units,), (rows, units), (rows - 1,)
        found = tuple(stored[name].shape for name in ARRAYS)
        if tuple(stored["reasons"].tolist()) != reasons or found != wanted:
            raise UserFacingError(
                f"{path.name} was made for another version. "
                "Make it again with: python -m bot.understanding.safety.training"
            )
        return cls(
            reasons=reasons,
            **{name: stored[name].astype(np.float32) for name in ARRAYS},
            any_from=float(stored["any_from"]),
        )

    def write(self, path: Path) -> None:
        """Half precision: a share moves by less than a hundredth."""
        np.savez_compressed(
            path,
            reasons=np.array(self.reasons),
            any_from=np.float32(self.any_from),
            **{name: getattr(self, name).astype(np.float16) for name in ARRAYS},
        )

    def shares(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.float64]:
        """A row a text; the last column is the share of "none of these".

        Raises HeadFailed where one is not a number.
        """
        seen = features(texts, vectors)
        within = np.maximum(seen[:, : len(vectors[0])] @ self.hidden.T + self.hidden_bias, 0)
        scores = (seen @ self.weights.T + within @ self.top.T + self.bias).astype(np.float64)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = np.asarray(powers / powers.sum(axis=1, keepdims=True))
        if not np.isfinite(shares).all():
            raise HeadFailed("A share is not a number.")
        return shares

    def judge(self, texts: Sequence[str], vectors: Vectors) -> list[Judgement]:
        """One for each text. Raises HeadFailed."""
        shares = self.shares(texts, vectors)
        return [
            Judgement(
                self._heard(share[:-1]), self.reasons[int(share[:-1].argmax())], float(share[-1])
            )
            for share in shares
        ]

    def _heard(self, share: NDArray[np.float64]) -> frozenset[SafetyReason]:
        found = np.flatnonzero(share >= self.thresholds).tolist()
        likeliest = int(share.argmax())
        if not found and share.sum() >= self.any_from and self.reasons[likeliest] in LIVES:
            found = [likeliest]
        return frozenset(self.reasons[column] for column in found)

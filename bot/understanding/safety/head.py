"""A small network on the message vector: who needs help now, and why?

The numbers are trained by `python -m bot.understanding.training` and kept in the repository, so
that every installation, and every start, judges alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bot.errors import UserFacingError
from bot.messages import SafetyReason
from bot.understanding.weights import read_weights, write_weights

REASONS: tuple[SafetyReason, ...] = get_args(SafetyReason)
"""The gravest first."""
LIVES = REASONS[:2]
"""Where a life may be at stake."""
NONE: Literal["none"] = "none"
Danger = SafetyReason | Literal["none"]

Floats = NDArray[np.float32]


class HeadFailed(RuntimeError):
    """The head gave something that is no share."""


@dataclass(frozen=True)
class DangerHead:
    """`hidden`: a row a unit, its last column the bias; the units are tanh. `top`: a row a reason,
    the last for none of them, its last column the bias."""

    hidden: Floats
    top: Floats

    @classmethod
    def read(cls, path: Path) -> DangerHead:
        """Raises UserFacingError for a file that is missing, damaged or not about `REASONS`."""
        stored = read_weights(path, "reasons", "hidden", "top")
        fits = stored["top"].shape == (len(REASONS) + 1, len(stored["hidden"]) + 1)
        if tuple(stored["reasons"].tolist()) != REASONS or not fits:
            raise UserFacingError(
                f"{path.name} was made for another version. "
                "Make it again with: python -m bot.understanding.training"
            )
        return cls(stored["hidden"].astype(np.float32), stored["top"].astype(np.float32))

    def write(self, path: Path, fingerprint: str) -> None:
        """Half precision: a share moves by less than a hundredth."""
        write_weights(
            path,
            fingerprint,
            reasons=np.array(REASONS),
            hidden=self.hidden.astype(np.float16),
            top=self.top.astype(np.float16),
        )

    def shares(self, vectors: Floats) -> Floats:
        """A row a vector: the chance of each reason, then of none. Raises HeadFailed."""
        scores = _linear(self.top, np.tanh(_linear(self.hidden, vectors)))
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Floats = powers / powers.sum(axis=1, keepdims=True)
        if not np.isfinite(shares).all():
            raise HeadFailed("A share is not a number.")
        return shares


def _linear(weights: Floats, rows: Floats) -> Floats:
    scores: Floats = rows @ weights[:, :-1].T + weights[:, -1]
    return scores

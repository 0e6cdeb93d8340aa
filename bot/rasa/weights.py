"""A linear classifier as plain numbers: fitted with scikit-learn, used with numpy alone.

Scikit-learn's own format takes Rasa five seconds to load, and the product loads nothing
that could run code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.understanding.text_features import features, sparse_features

Vectors = NDArray[np.float32]

QUESTION = "question"
START = "start_"
KEY = "/"
"""Between a retrieval intent and its key."""
RARE = 0.75
"""How much an example of a rare intent counts over one of a common: by this power of how often each
is there. With 1, which scikit-learn calls balanced, 63 of 1,193 messages of seven authors that are
looked up were taken for something beside the sources, and 54 for a notice; with this 41 and 23.
With 0.5 it were 28 and 18, and of 128 flows that were held back nine fewer came first."""
ROUNDS, NEAR_ENOUGH = 300, 1e-3
"""Where fitting ends. On the messages of strangers a slope ten times as small took longer and named
the same intents."""


@dataclass(frozen=True)
class IntentWeights:
    """`coefficients` has a row, and `intercepts` an entry, for each name.

    A message is seen as its sentence vector followed by its grams
    (`bot.understanding.text_features.features`).
    """

    names: tuple[str, ...]
    coefficients: Vectors
    intercepts: Vectors

    @classmethod
    def none(cls) -> IntentWeights:
        """Before training."""
        return cls((), np.empty((0, 0), np.float32), np.empty(0, np.float32))

    @classmethod
    def fit(
        cls, texts: Sequence[str], vectors: Vectors, names: Sequence[str], strength: float
    ) -> IntentWeights:
        """`strength` is how closely to follow the examples (scikit-learn's C)."""
        # Imported late: only training needs it, and it takes a second.
        from sklearn.linear_model import LogisticRegression

        often = Counter(names)
        mean = len(names) / len(often)
        weights = {name: (mean / count) ** RARE for name, count in often.items()}
        fitted = LogisticRegression(
            C=strength, class_weight=weights, max_iter=ROUNDS, tol=NEAR_ENOUGH
        )
        fitted.fit(sparse_features(texts, vectors), names)
        return cls(
            tuple(map(str, fitted.classes_)),
            fitted.coef_.astype(np.float32),
            fitted.intercept_.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> IntentWeights:
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                tuple(map(str, stored["names"])), stored["coefficients"], stored["intercepts"]
            )

    def save(self, path: Path) -> None:
        np.savez(
            path,
            names=np.array(self.names),
            coefficients=self.coefficients,
            intercepts=self.intercepts,
        )

    def rank(self, text: str, vector: Vectors) -> list[tuple[str, float]]:
        """Every name with its probability, most likely first."""
        seen = features([text], vector[np.newaxis])[0]
        scores = self.coefficients @ seen + self.intercepts
        powers = np.exp(scores - scores.max())
        shares = powers / powers.sum()
        return [(self.names[i], float(shares[i])) for i in np.argsort(-shares)]


def decide(
    ranked: Sequence[tuple[str, float]], sure: float, sure_of_flow: float
) -> tuple[str, float]:
    """The likeliest intent if it is sure enough, else a question.

    The keys of a retrieval intent (`documents/newest`) count together for it (`documents`).
    """
    shares: dict[str, float] = {}
    for name, share in ranked:
        intent = name.partition(KEY)[0]
        shares[intent] = shares.get(intent, 0.0) + share
    best = max(shares, key=shares.__getitem__)
    enough = sure_of_flow if best.startswith(START) else sure
    return (best, shares[best]) if shares[best] >= enough else (QUESTION, shares[QUESTION])

"""Puts alike questions together, so that one group stands for what many people ask."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.asked.contribution import AskedKind
from bot.asked.store import AskedTally

Vectors = NDArray[np.float32]
Linkage = Literal["complete", "average"]

MOST_GROUPED = 2_000
"""Questions that are looked at, the most asked first. Their distances take 16 MB; the vectors of so
many new questions take some twenty seconds of one core, and those seen before take none."""
APART = 0.45
"""Two groups of questions are one where their retrieval vectors are on average no further apart
than this, by cosine: one act of an editor is for the whole group. Chosen, as was the average, by
`python -m bench.likeness` on the first half of `tests/asked/alike.yaml` (docs/operations.md)."""
ID_LENGTH = 12


@dataclass(frozen=True)
class AskedGroup:
    """Alike questions, the most asked first. `typical` is the one nearest to all others."""

    typical: str
    questions: tuple[AskedTally, ...]

    @property
    def id(self) -> str:
        """Not its words, which would stand in an address and so in a proxy's log."""
        return hashlib.sha256(self.typical.encode()).hexdigest()[:ID_LENGTH]

    @property
    def count(self) -> int:
        return sum(each.count for each in self.questions)

    @property
    def marks(self) -> frozenset[str]:
        """Of the conversations that are known to have asked one of them."""
        return frozenset(chain.from_iterable(each.marks for each in self.questions))

    @property
    def first(self) -> date:
        return min(each.first for each in self.questions)

    @property
    def last(self) -> date:
        return max(each.last for each in self.questions)

    @property
    def kinds(self) -> tuple[AskedKind, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(each.kinds for each in self.questions)))

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(each.areas for each in self.questions)))

    @property
    def editions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(each.editions for each in self.questions)))

    @property
    def passages(self) -> tuple[str, ...]:
        """The ids of those that were shown, the most often shown first."""
        return tuple(dict.fromkeys(chain.from_iterable(each.passages for each in self.questions)))


class AlikeQuestions:
    """`vectors` gives one row a text, each of length one. Those of the questions that were grouped
    last are remembered, in memory alone. Safe to share between threads."""

    def __init__(self, vectors: Callable[[Sequence[str]], Vectors]) -> None:
        self._vectors = vectors
        self._known: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    def groups(self, asked: Sequence[AskedTally], *, by_kind: bool = False) -> list[AskedGroup]:
        """The most asked first. `asked` in any order; the same ones always give the same groups.
        `by_kind`: what came of a question keeps it from others that look alike, so that none stands
        hidden behind one that got something else. Raises EncoderFailed."""
        chosen = sorted(asked, key=lambda each: (-each.count, each.text))[:MOST_GROUPED]
        if not chosen:
            return []
        vectors = self._of([each.text for each in chosen])
        kinds = np.array([each.kinds[-1] if by_kind else "" for each in chosen])
        groups = [
            _group([chosen[n] for n in members], vectors[members])
            for kind in dict.fromkeys(kinds)
            for members in _members(vectors, np.flatnonzero(kinds == kind))
        ]
        return sorted(groups, key=lambda each: (-each.count, each.typical))

    def _of(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            new = [text for text in texts if text not in self._known]
            known = dict(self._known)
            if new:
                known |= zip(new, self._vectors(new), strict=True)
            self._known = {text: known[text] for text in texts}
        return np.stack([known[text] for text in texts])


def together(
    vectors: Vectors, apart: float = APART, linkage: Linkage = "average"
) -> NDArray[np.int64]:
    """The number of its group for each row, from 0. `linkage`: whether no two of a group are
    further `apart`, or two groups that are joined are not so on average."""
    if len(vectors) < 2:
        return np.zeros(len(vectors), dtype=np.int64)
    # Imported late: it is needed to look at questions, not to answer them.
    from sklearn.cluster import AgglomerativeClustering

    clustering = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage=linkage, distance_threshold=apart
    )
    labels: NDArray[np.int64] = clustering.fit_predict(vectors)
    return labels


def _members(vectors: Vectors, rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Of those in `rows`, the ones of each group."""
    labels = together(vectors[rows])
    for label in range(labels.max() + 1):
        yield rows[labels == label]


def _group(members: Sequence[AskedTally], vectors: Vectors) -> AskedGroup:
    """The typical one is likest to all askings; of equals the one that was asked most."""
    weights = np.array([each.count for each in members], dtype=np.float32)
    likeness = vectors @ (weights @ vectors)
    return AskedGroup(members[int(np.argmax(likeness))].text, tuple(members))

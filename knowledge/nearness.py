"""How near a question lies to passages of one kind, so that two kinds can be compared: likeness in
the retrieval vector means the same for both, and what was learnt from questions does not."""

from __future__ import annotations

import numpy as np

from knowledge.encoder import Vectors
from knowledge.ranking import Floats
from knowledge.search_engine import VectorStore

SEVERAL = 3
NEARNESS = ("passage", "several", "sentence")
FARTHEST = -1.0
"""The likeness of opposite vectors: where there is none it stands for it."""


class Nearness:
    """The likeness of the nearest passage, the mean of that of SEVERAL, and of the nearest
    sentence. `passages` and `sentences` are stores of retrieval vectors."""

    def __init__(self, passages: VectorStore, sentences: VectorStore) -> None:
        self._passages = passages
        self._sentences = sentences

    def __call__(self, vector: Vectors) -> Floats:
        """One value for each name in NEARNESS."""
        several = _likeness(self._passages, vector, SEVERAL)
        sentence = _likeness(self._sentences, vector, 1)
        return np.array([several[0], several.mean(), sentence[0]], dtype=np.float32)


def _likeness(store: VectorStore, vector: Vectors, count: int) -> Floats:
    """Of the nearest, the nearest first; of those that there are not it is FARTHEST."""
    _, found = store.nearest(vector, count)
    missing = np.full(count - len(found), FARTHEST, dtype=np.float32)
    return np.maximum(np.append(found, missing), FARTHEST)

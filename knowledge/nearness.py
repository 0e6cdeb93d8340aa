"""How near a question lies to passages of one kind, so that two kinds can be compared: likeness in
the retrieval vector means the same for both, and what was learnt from questions does not."""

from __future__ import annotations

import faiss
import numpy as np

from knowledge.encoder import Vectors
from knowledge.ranking import Floats

SEVERAL = 3
NEARNESS = ("passage", "several", "sentence")
FARTHEST = -1.0
"""The likeness of opposite vectors: where there is none it stands for it."""


class Nearness:
    """The likeness of the nearest passage, the mean of that of SEVERAL, and of the nearest
    sentence. `passages` and `sentences` are stores of retrieval vectors."""

    def __init__(self, passages: faiss.Index, sentences: faiss.Index) -> None:
        self._passages = passages
        self._sentences = sentences

    def __call__(self, vector: Vectors) -> Floats:
        """One value for each name in NEARNESS."""
        row = vector[np.newaxis]
        several = np.maximum(self._passages.search(row, SEVERAL)[0][0], FARTHEST)
        sentence = np.maximum(self._sentences.search(row, 1)[0][0], FARTHEST)
        return np.array([several[0], several.mean(), sentence[0]], dtype=np.float32)

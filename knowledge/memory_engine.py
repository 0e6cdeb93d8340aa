"""The engine that holds all it searches in this process: FAISS for vectors, BM25 for words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bm25s
import faiss
import numpy as np

from knowledge.encoder import Vectors
from knowledge.search_engine import Terms
from knowledge.vector_rows import Numbers, VectorRows

EXACT_BELOW = 20_000
LEAST_CELLS = 256
CELLS_SEARCHED = 32
"""So many of the cells are looked at. Of the 200 nearest of 300,000 questions .942 are found in
them (`python -m bench.search`)."""
TRAINED_ON_A_CELL = 40
"""What FAISS itself asks for at least, lest it warns."""
BATCH = 10_000
"""Vectors are added so many at a time: 15 MB."""
K1, B = 1.2, 0.6
"""How much a word counts that comes again, and how little in a long text."""


class MemoryEngine:
    """Holds nothing by itself: its stores do."""

    def vectors(self, name: str, rows: VectorRows) -> FaissStore:
        return FaissStore(rows)

    def words(self, name: str, documents: Callable[[], Terms], found: Numbers) -> Bm25Store:
        return Bm25Store(documents(), found)


def in_memory(_: str) -> MemoryEngine:
    """Of any content: what it searches is handed to it at every start."""
    return MemoryEngine()


class FaissStore:
    """Exact while that is fast; of many vectors those in the nearest cells are looked at. There are
    as many cells as a cell has vectors, so that a search grows with the root of their number."""

    def __init__(self, rows: VectorRows) -> None:
        self._index = _exact(rows) if len(rows) < EXACT_BELOW else _in_cells(rows)
        for batch in rows.batches(BATCH):
            self._index.add(batch)

    def nearest(self, vector: Vectors, count: int) -> tuple[Numbers, Vectors]:
        # Of an empty index FAISS gives one row that is none.
        most = max(1, min(count, self._index.ntotal))
        likeness, rows = self._index.search(vector[np.newaxis], most)
        found = rows[0] >= 0
        return rows[0][found], likeness[0][found]


def _exact(rows: VectorRows) -> faiss.Index:
    return faiss.IndexFlatIP(rows.width)


def _in_cells(rows: VectorRows) -> faiss.Index:
    cells = max(LEAST_CELLS, int(np.sqrt(len(rows))))
    index = faiss.index_factory(rows.width, f"IVF{cells},Flat", faiss.METRIC_INNER_PRODUCT)
    index.train(rows[np.arange(0, len(rows), max(1, len(rows) // (TRAINED_ON_A_CELL * cells)))])
    faiss.ParameterSpace().set_index_parameter(index, "nprobe", CELLS_SEARCHED)
    return index


class Bm25Store:
    def __init__(self, documents: Terms, found: Numbers) -> None:
        self._count = len(documents)
        self._found = found
        self._index = bm25s.BM25(k1=K1, b=B)
        self._index.index([list(each) for each in documents], show_progress=False)

    def matches(self, terms: Sequence[str]) -> Bm25Matches:
        known = [term for term in terms if term in self._index.vocab_dict]
        if not known:
            return Bm25Matches(self._found, np.zeros(self._count, dtype=np.float32))
        return Bm25Matches(self._found, self._index.get_scores(known))


@dataclass(frozen=True)
class Bm25Matches:
    """`all_scores`: of every text, (texts,). `found`: the numbers of those that are found."""

    found: Numbers
    all_scores: Vectors

    def best(self, count: int) -> Numbers:
        return self.found[largest(self.all_scores[self.found], count)]

    def scores(self, numbers: Numbers) -> Vectors:
        return self.all_scores[numbers]


def largest(values: Vectors, count: int) -> Numbers:
    """The places of the `count` largest values, in no order."""
    if len(values) <= count:
        return np.arange(len(values))
    return np.argpartition(-values, count)[:count]

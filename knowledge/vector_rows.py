"""Rows of vectors that lie elsewhere, such as in a file: what is asked for is read, and no more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors

Numbers = NDArray[np.int64]


class VectorRows:
    """Chosen rows of one array of vectors or several, as if they stood below each other."""

    def __init__(self, *parts: tuple[Vectors, Numbers]) -> None:
        """`parts`: vectors, (n, d), all of one width, with the numbers of the rows that are
        chosen of them."""
        self._parts = parts
        self._starts = np.cumsum([0, *(len(chosen) for _, chosen in parts)])

    @classmethod
    def all_of(cls, vectors: Vectors) -> VectorRows:
        return cls((vectors, np.arange(len(vectors))))

    def __len__(self) -> int:
        return int(self._starts[-1])

    @property
    def width(self) -> int:
        return int(self._parts[0][0].shape[1])

    def __getitem__(self, rows: Numbers) -> Vectors:
        """(*rows.shape, d). A row of -1 is what numpy makes of it: the last."""
        flat = rows.ravel() % max(len(self), 1)
        found = np.empty((len(flat), self.width), dtype=np.float32)
        part_of = np.searchsorted(self._starts, flat, side="right") - 1
        for number, (vectors, chosen) in enumerate(self._parts):
            here = part_of == number
            found[here] = vectors[chosen[flat[here] - self._starts[number]]]
        return found.reshape(*rows.shape, self.width)

    def batches(self, size: int) -> Iterator[Vectors]:
        """All of them, so many at a time."""
        for start in range(0, len(self), size):
            yield self[np.arange(start, min(start + size, len(self)))]

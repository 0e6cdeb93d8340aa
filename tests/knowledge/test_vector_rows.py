"""Chosen rows of several arrays, as if they stood below each other."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.vector_rows import VectorRows

ABOVE = np.arange(6, dtype=np.float32).reshape(3, 2)
BELOW = ABOVE + 10
ROWS = VectorRows((ABOVE, np.array([2, 0])), (BELOW[:0], np.array([], int)), (BELOW, np.arange(3)))
WHOLE = np.concatenate([ABOVE[[2, 0]], BELOW])


@pytest.mark.parametrize("rows", [[0], [4, 1, 1], [[0, -1], [2, 3]], []])
def test_what_is_asked_for_is_given(rows: list[int]) -> None:
    chosen = np.array(rows, dtype=np.int64)
    assert ROWS[chosen].tolist() == WHOLE[chosen].tolist()


@pytest.mark.parametrize("size", [1, 2, 5, 99])
def test_batches_are_all_of_them(size: int) -> None:
    batches = list(ROWS.batches(size))
    assert np.concatenate(batches).tolist() == WHOLE.tolist()
    assert {len(batch) for batch in batches[:-1]} <= {size}


def test_all_of_one() -> None:
    rows = VectorRows.all_of(BELOW)
    assert (len(rows), rows.width) == (3, 2)
    assert rows[np.array([1])].tolist() == BELOW[[1]].tolist()

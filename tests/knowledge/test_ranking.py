"""Candidates for a question, and that their making grows no faster than what is searched."""

from __future__ import annotations

import tracemalloc

import numpy as np

from knowledge.ranking import RowsByOwner

OWNERS = np.array([2, 0, 2, 2], np.int64)


def test_rows_by_owner() -> None:
    rows = RowsByOwner.of(OWNERS, 3)
    assert [rows(owner).tolist() for owner in range(3)] == [[1], [], [0, 2, 3]]
    assert rows.table(np.array([2, 1, 0])).tolist() == [[0, 2, 3], [-1, -1, -1], [1, -1, -1]]
    assert rows.table(np.array([0]), least=3).tolist() == [[1, -1, -1]]


def test_rows_of_nobody() -> None:
    none = RowsByOwner.of(OWNERS[:0], 2)
    assert none.table(np.array([0, 1]), least=2).tolist() == [[-1, -1], [-1, -1]]
    assert none.table(OWNERS[:0]).shape == (0, 1)


def test_one_owner_of_many_rows_costs_the_others_nothing() -> None:
    """A table with a row an owner, as long as the longest, would have 16 times as much for four
    times as many."""

    def most_room(count: int) -> int:
        owners = np.concatenate([np.arange(count), np.zeros(count, np.int64)])
        tracemalloc.start()
        RowsByOwner.of(owners, count)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert most_room(40_000) < 5 * most_room(10_000)

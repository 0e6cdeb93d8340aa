"""The engine in memory, and that what it looks at grows more slowly than what it holds."""

from __future__ import annotations

import faiss
import numpy as np
import pytest

from knowledge import memory_engine
from knowledge.memory_engine import EXACT_BELOW, FaissStore, MemoryEngine
from knowledge.vector_rows import VectorRows

DIRECTIONS = np.eye(4, dtype=np.float32)
DOCUMENTS = (("consent", "child"), ("child", "bruise"), ("child",))


def drawn(count: int) -> VectorRows:
    vectors = np.random.default_rng(7).standard_normal((count, 8), dtype=np.float32)
    return VectorRows.all_of(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_the_nearest_come_first_with_their_likeness() -> None:
    rows = VectorRows((DIRECTIONS, np.array([0, 3])))
    near, likeness = MemoryEngine().vectors("any", rows).nearest(DIRECTIONS[3], 9)
    assert near.tolist() == [1, 0]
    assert likeness.tolist() == [1, 0]


def test_in_nothing_nothing_is_near() -> None:
    near, likeness = FaissStore(VectorRows.all_of(DIRECTIONS[:0])).nearest(DIRECTIONS[0], 3)
    assert (near.tolist(), likeness.tolist()) == ([], [])


@pytest.mark.parametrize(("count", "found"), [(EXACT_BELOW - 1, 200), (EXACT_BELOW + 1, 160)])
def test_few_are_searched_exactly_and_many_nearly_so(count: int, found: int) -> None:
    rows = drawn(count)
    whole = rows[np.arange(count)]
    near, likeness = FaissStore(rows).nearest(whole[5], 200)
    assert near[0] == 5
    assert likeness == pytest.approx(whole[near] @ whole[5], abs=1e-5)
    right = np.argsort(-(whole @ whole[5]))[:200]
    assert len(np.intersect1d(near, right)) >= found


def test_of_four_times_as_many_less_than_thrice_as_many_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("EXACT_BELOW", 1), ("LEAST_CELLS", 1), ("CELLS_SEARCHED", 8)):
        monkeypatch.setattr(memory_engine, name, value)
    counted = faiss.cvar.indexIVF_stats  # type: ignore[attr-defined]
    looked_at = []
    for count in (4_000, 16_000):
        store, asked = FaissStore(drawn(count)), drawn(50)
        counted.reset()
        for vector in asked[np.arange(50)]:
            store.nearest(vector, 10)
        looked_at.append(counted.ndis)
    assert 0 < looked_at[1] < 3 * looked_at[0]


def test_the_rarest_word_tells_most() -> None:
    matches = (
        MemoryEngine()
        .words("any", lambda: DOCUMENTS, np.arange(3))
        .matches(("child", "bruise", "unheard"))
    )
    scores = matches.scores(np.arange(3))
    assert scores[1] > scores[2] > 0
    assert scores[2] > scores[0] > 0, "a word counts less in a longer text"
    assert matches.best(1).tolist() == [1]


def test_only_what_is_to_be_found_is_but_rarity_counts_in_all() -> None:
    engine = MemoryEngine()
    few = engine.words("any", lambda: DOCUMENTS, np.array([0, 2])).matches(("child",))
    every = engine.words("any", lambda: DOCUMENTS, np.arange(3)).matches(("child",))
    assert set(few.best(9).tolist()) == {0, 2}
    assert few.scores(np.array([2])) == every.scores(np.array([2]))


def test_words_that_nothing_holds_match_nothing() -> None:
    matches = MemoryEngine().words("any", lambda: DOCUMENTS, np.arange(3)).matches(("unheard",))
    assert matches.scores(np.arange(3)).tolist() == [0, 0, 0]

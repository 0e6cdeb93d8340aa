from __future__ import annotations

import numpy as np
import pytest

from knowledge.memory_engine import FaissStore
from knowledge.nearness import FARTHEST, NEARNESS, Nearness
from knowledge.vector_rows import VectorRows

DIRECTIONS = np.eye(4, dtype=np.float32)


def store(directions: list[int]) -> FaissStore:
    return FaissStore(VectorRows((DIRECTIONS, np.array(directions, dtype=np.int64))))


def nearness(passages: list[int], sentences: list[int], asked: int) -> dict[str, float]:
    near = Nearness(store(passages), store(sentences))
    return dict(zip(NEARNESS, near(DIRECTIONS[asked]).tolist(), strict=True))


def test_the_nearest_passage_the_mean_of_several_and_the_nearest_sentence_are_told() -> None:
    assert nearness([0, 0, 1, 2], [3, 1], 0) == {
        "passage": pytest.approx(1),
        "several": pytest.approx(2 / 3),
        "sentence": pytest.approx(0),
    }


def test_of_passages_that_are_few_the_missing_are_far() -> None:
    near = nearness([0], [0], 0)
    assert near["several"] == pytest.approx((1 + 2 * FARTHEST) / 3)


def test_where_there_is_none_all_are_far() -> None:
    assert set(nearness([], [], 0).values()) == {FARTHEST}

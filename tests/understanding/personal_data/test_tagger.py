from __future__ import annotations

from itertools import product
from math import exp
from pathlib import Path

import pytest

from bot.errors import UserFacingError
from bot.understanding.personal_data.features import Seen
from bot.understanding.personal_data.tagger import WEIGHTS, Tagger
from tests.shipped import SAFETY

WORDS: list[Seen] = [(["a"], ["x"]), (["b", "unheard of"], ["x"]), (["a", "b"], ["y"])]
TAGGER = Tagger({"a": 1.5, "b": -2.0, "x": 3.0, "y": -0.5}, 0.5)


def summed(words: list[Seen]) -> list[float]:
    """The chances, by adding up all labellings one by one."""
    totals = [0.0] * len(words)
    everything = 0.0
    for labels in product((0, 1), repeat=len(words)):
        score = 0.0
        for at, (own, both) in enumerate(words):
            if labels[at]:
                score += sum(TAGGER.weights.get(name, 0) for name in own)
            if at and labels[at] and labels[at - 1]:
                score += sum(TAGGER.weights.get(name, 0) for name in both)
        everything += exp(score)
        for at, label in enumerate(labels):
            totals[at] += label * exp(score)
    return [total / everything for total in totals]


@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_a_chance_is_the_sum_over_all_that_may_stand_beside(length: int) -> None:
    words = WORDS[:length]
    expected = summed(words) if words else []
    assert TAGGER.chances(words) == pytest.approx(expected)


def test_a_score_beyond_all_measure_is_a_chance_all_the_same() -> None:
    sure = Tagger({"a": 5e4, "b": -5e4, "x": 5e4}, 0.5)
    chances = sure.chances(WORDS * 200)
    assert all(0 <= chance <= 1 for chance in chances)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    TAGGER.write(tmp_path / WEIGHTS, "made from this")
    assert Tagger.read(tmp_path / WEIGHTS) == TAGGER


@pytest.mark.parametrize("stored", [b"", b"no weights"])
def test_weights_that_are_damaged_are_not_used(tmp_path: Path, stored: bytes) -> None:
    (tmp_path / WEIGHTS).write_bytes(stored)
    with pytest.raises(UserFacingError, match=WEIGHTS):
        Tagger.read(tmp_path / WEIGHTS)


def test_the_weights_that_are_shipped_can_be_read_by_a_person() -> None:
    weights = Tagger.read(SAFETY / WEIGHTS).weights
    assert weights["word-1=mrs"] > 0
    assert weights["shape=aa"] < 0

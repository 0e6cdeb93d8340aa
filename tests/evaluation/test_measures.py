from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.measures import Share, ndcg

grades = st.lists(st.integers(0, 2), max_size=12)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share(hits: int, count: int) -> None:
    share = Share(min(hits, count), count)
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-9
    assert share.value - 1e-9 <= high <= 1


def test_wilson_as_published() -> None:
    assert Share(8, 10).interval == pytest.approx((0.490, 0.943), abs=0.001)


@given(grades)
def test_the_best_order_is_worth_one(found: list[int]) -> None:
    best = sorted(found, reverse=True)
    assert ndcg(best, found) == pytest.approx(1.0 if any(found) else 0.0)


@given(grades, grades)
def test_worth_is_a_share(ranked: list[int], rest: list[int]) -> None:
    assert 0 <= ndcg(ranked, [*ranked, *rest]) <= 1


@pytest.mark.parametrize(
    ("ranked", "possible", "worth"),
    [
        ([2, 1, 0], [2, 1, 0], 1.0),
        # By hand: grade 2 is worth 3, and at the second place that is divided by log2(3) = 1.585.
        ([0, 2], [2, 0], 0.6309),
        ([1, 2], [2, 1], (1 + 3 / 1.58496) / (3 + 1 / 1.58496)),
        # Ten are looked at, however many could be found.
        ([1] * 10, [1] * 12, 1.0),
        ([0] * 10 + [2], [2], 0.0),
    ],
)
def test_worth_as_by_hand(ranked: list[int], possible: list[int], worth: float) -> None:
    assert ndcg(ranked, possible) == pytest.approx(worth, abs=0.0001)

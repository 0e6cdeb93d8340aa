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

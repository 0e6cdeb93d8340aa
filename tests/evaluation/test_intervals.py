from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.intervals import Mean, Share


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share(hits: int, count: int) -> None:
    share = Share(min(hits, count), count)
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-9
    assert share.value - 1e-9 <= high <= 1


def test_wilson_as_published() -> None:
    assert Share(8, 10).interval == pytest.approx((0.490, 0.943), abs=0.001)


def test_a_mean_as_by_hand() -> None:
    # The standard deviation of 2, 4, 6 is 2; 1.96 * 2 / sqrt(3) = 2.263.
    mean = Mean.of([2, 4, 6])
    assert (mean.value, mean.count) == (4, 3)
    assert mean.margin == pytest.approx(2.263, abs=0.001)


def test_what_has_no_values_says_nothing() -> None:
    assert str(Share.of([])) == str(Mean.of([])) == ""


def test_one_value_has_no_interval() -> None:
    assert str(Mean.of([643])) == "643 (of 1)"

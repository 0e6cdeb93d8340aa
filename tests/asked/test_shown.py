"""What of a count a board is shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.asked.marks import FORGOTTEN, UNKNOWN
from bot.asked.shown import HELD_BACK, NOT_KNOWN, TOO_FEW, CountedUse, added, number, share, total


def of(times: int, conversations: int) -> CountedUse:
    return CountedUse(times, frozenset(map(str, range(conversations))))


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (of(0, 0), "none"),
        (of(4, 4), HELD_BACK),
        (of(500, 1), HELD_BACK),
        (of(5, 5), "5"),
        (of(1234, 9), "1,234"),
    ],
)
def test_what_few_conversations_asked_is_held_back_however_often(
    count: CountedUse, shown: str
) -> None:
    assert number(count) == shown


def test_what_was_counted_before_there_were_marks_is_shown_as_before() -> None:
    assert number(CountedUse.of(UNKNOWN, 5)) == "5"
    assert number(CountedUse.of(UNKNOWN, 4)) == HELD_BACK
    assert number(added([CountedUse.of(UNKNOWN, 4), CountedUse.of("a", 9)])) == "13"


def test_conversations_that_were_deleted_are_one() -> None:
    assert number(added(CountedUse.of(FORGOTTEN, 3) for _ in range(9))) == HELD_BACK


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([of(10, 9), of(5, 5)], "15"),
        ([of(10, 9), of(30, 3)], "at least 10"),
        ([of(10, 9), of(0, 0)], "10"),
        ([of(20, 2), of(1, 1)], HELD_BACK),
        ([], "none"),
    ],
)
def test_a_total_does_not_tell_what_is_held_back(counts: Sequence[CountedUse], shown: str) -> None:
    assert total(counts) == shown


@pytest.mark.parametrize(
    ("part", "others", "shown"),
    [
        (of(90, 50), [of(10, 5)], "90%"),
        (of(97, 50), [of(3, 3)], TOO_FEW),
        (of(97, 50), [of(97, 4)], TOO_FEW),
        (of(90, 50), [of(10, 9), of(70, 3)], "90%, leaving out what is held back"),
        (of(4, 4), [of(40, 20)], TOO_FEW),
        (of(8, 8), [of(0, 0)], "100%"),
        (of(0, 0), [of(8, 8)], "0%"),
        (of(0, 0), [of(0, 0)], NOT_KNOWN),
    ],
)
def test_a_share_does_not_tell_it_either(
    part: CountedUse, others: Sequence[CountedUse], shown: str
) -> None:
    assert share(part, others) == shown

from __future__ import annotations

import pytest

from knowledge.importing.whole_number import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("900", 100), (None, 1), ("", 1), ("-3", 1), ("²", 1), ("9" * 5000, 1), ("3 ", 1)],
)
def test_a_whole_number(text: str | None, number: int) -> None:
    assert whole_number(text, 1, 100) == number

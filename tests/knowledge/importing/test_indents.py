from __future__ import annotations

from knowledge.importing.indents import Indents


def test_what_begins_further_in_is_deeper_until_it_is_left() -> None:
    indents = Indents()
    assert [indents.depth(place) for place in (2, 4, 8, 4, 2, 0)] == [0, 1, 2, 1, 0, 0]


def test_places_that_hardly_differ_are_one() -> None:
    indents = Indents(tolerance=4)
    assert [indents.depth(place) for place in (50, 53.5, 60, 57, 50)] == [0, 0, 1, 1, 0]


def test_what_is_cleared_begins_anew() -> None:
    indents = Indents()
    indents.depth(2)
    indents.clear()
    assert indents.depth(8) == 0

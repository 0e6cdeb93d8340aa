from __future__ import annotations

import pytest

from knowledge.importing.block import Block
from knowledge.importing.markers import (
    comes_after,
    counted,
    marks_an_item,
    nested,
    number_of,
    shape,
    split_marker,
)


@pytest.mark.parametrize(
    ("text", "marker", "rest"),
    [
        ("4.2 A parent may refuse.", "4.2", "A parent may refuse."),
        ("2.1.3. Records are kept.", "2.1.3.", "Records are kept."),
        ("(a) see the child", "(a)", "see the child"),
        ("iv) see the child", "iv)", "see the child"),
        ("• see the child", "•", "see the child"),
        ("9.30 am is when the meeting starts.", "", "9.30 am is when the meeting starts."),
        ("1.5 million children", "", "1.5 million children"),
        ("i.e. the family", "", "i.e. the family"),
        ("47 enquiries were made", "", "47 enquiries were made"),
        ("A child is anyone under 18.", "", "A child is anyone under 18."),
    ],
)
def test_a_number_is_told_from_the_text(text: str, marker: str, rest: str) -> None:
    assert split_marker(text) == (marker, rest)


def test_the_number_has_no_full_stop_and_a_bullet_is_none() -> None:
    assert [number_of(marker) for marker in ("1.", "4.2", "(a)", "•", "")] == [
        "1",
        "4.2",
        "(a)",
        None,
        None,
    ]


def test_markers_of_one_list_have_one_shape() -> None:
    assert shape("2.1") == shape("2.12") != shape("2.1.1")
    assert shape("(a)") == shape("(iv)") != shape("a)")


@pytest.mark.parametrize(
    ("marker", "marks"), [("4.", True), ("(a)", True), ("•", True), ("4.2", False), ("", False)]
)
def test_a_number_with_levels_is_no_item_of_a_list(marker: str, marks: bool) -> None:
    assert marks_an_item(marker) is marks


@pytest.mark.parametrize(
    ("count", "form", "shown"),
    [
        (3, "decimal", "3"),
        (2, "letter", "b"),
        (28, "letter", "bb"),
        (49, "roman", "xlix"),
        (4, "ROMAN", "IV"),
    ],
)
def test_counts(count: int, form: str, shown: str) -> None:
    assert counted(count, form) == shown


@pytest.mark.parametrize(
    ("before", "marker", "comes"),
    [
        ("2.1", "2.2", True),
        ("2.1", "2.1.1", True),
        ("2.1", "4.2", False),
        ("b.", "c.", True),
        ("b.", "1.", True),
        ("3.", "7.", False),
    ],
)
def test_the_next_number_of_a_list(before: str, marker: str, comes: bool) -> None:
    assert comes_after(before, marker) is comes


def test_i_comes_after_h_and_otherwise_below_a_letter() -> None:
    def depths(*markers: str) -> list[int]:
        return [b.depth for b in nested(Block("item", "words", marker=m) for m in markers)]

    assert depths("(g)", "(h)", "(i)", "(j)") == [0, 0, 0, 0]
    assert depths("(a)", "(i)", "(ii)", "(b)") == [0, 1, 1, 0]
    assert depths("i.", "ii.", "v.") == [0, 0, 0]


def test_letters_that_stand_for_bullets_of_word() -> None:
    assert split_marker("o  the other person knew of it") == ("o", "the other person knew of it")
    assert split_marker("other people") == ("", "other people")

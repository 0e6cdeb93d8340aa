from __future__ import annotations

import pytest

from knowledge.importing.text_lists import TextLists


def shown(*items: tuple[int, str]) -> list[tuple[int, str]]:
    lists = TextLists()
    blocks = [lists.block(indent, marker) for indent, marker in items]
    return [(block.depth, block.marker) for block in blocks]


@pytest.mark.parametrize(
    ("markers", "counted"),
    [
        (["1.", "1.", "1."], ["1.", "2.", "3."]),
        (["#.", "#."], ["1.", "2."]),
        (["1.", "#."], ["1.", "2."]),
        (["1.", "2.", "5."], ["1.", "2.", "5."]),
        (["-", "*", "•", "◦"], ["•", "•", "•", "◦"]),
        (["(a)", "(b)"], ["(a)", "(b)"]),
    ],
)
def test_items_are_counted_as_they_are_shown(markers: list[str], counted: list[str]) -> None:
    assert [marker for _, marker in shown(*((0, marker) for marker in markers))] == counted


def test_a_list_further_in_is_counted_by_itself() -> None:
    assert shown((0, "1."), (3, "1."), (3, "1."), (0, "1."), (3, "1.")) == [
        *((0, "1."), (1, "1."), (1, "2."), (0, "2."), (1, "1."))
    ]


def test_words_below_an_item_belong_to_it() -> None:
    lists = TextLists()
    lists.block(0, "1.")
    further = lists.block(3, "")
    assert (further.kind, further.depth, further.marker) == ("item", 0, "")


def test_words_that_stand_as_far_out_as_the_list_end_it() -> None:
    lists = TextLists()
    lists.block(0, "1.")
    assert lists.block(0, "").kind == "paragraph"
    assert lists.block(3, "").kind == "paragraph"


def test_a_number_with_levels_is_that_of_a_paragraph() -> None:
    assert TextLists().block(0, "4.2").kind == "paragraph"

from __future__ import annotations

import pytest

from knowledge.importing.text_lines import TextLines
from knowledge.importing.text_paragraphs import TextParagraphs, TextStyle
from knowledge.importing.underlined_heading import UnderlinedHeadings, is_underlined


def headings(text: str) -> list[tuple[str, int]]:
    lines = TextLines(text.splitlines())
    paragraphs = TextParagraphs(lines, TextStyle(True, True, True))
    reader = UnderlinedHeadings(lines, paragraphs)
    found = []
    while not lines.has_ended:
        blocks = reader.special(lines.here) if lines.here.strip() else None
        if blocks is None:
            lines.at += 1
        else:
            found += [(block.text, block.level) for block in blocks]
    return found


def test_signs_stand_for_levels_in_the_order_in_which_they_come() -> None:
    text = "Policy\n======\n\nAims\n----\n\nTerms\n~~~~~\n\nWords\n'''''\n\nDuties\n~~~~~~\n"
    assert headings(text) == [
        *(("Policy", 1), ("Aims", 2), ("Terms", 3), ("Words", 4), ("Duties", 3))
    ]


def test_signs_above_and_below_are_a_level_of_their_own() -> None:
    assert headings("======\nPolicy\n======\n\n----\nAims\n----\n\nTerms\n-----\n") == [
        *(("Policy", 1), ("Aims", 3), ("Terms", 2))
    ]


@pytest.mark.parametrize(
    "text", ["Policy\n==\n", "Policy\n\n=====\n", "- item\n------\n", "====\n"]
)
def test_what_is_no_heading(text: str) -> None:
    assert headings(text) == []


def test_a_heading_under_a_paragraph_is_not_part_of_it() -> None:
    assert headings("Words.\n----\nAims\n----\n") == [("Aims", 3)]


def test_signs_as_long_as_the_line_above_are_markup() -> None:
    assert is_underlined("Aims", "----")
    assert not is_underlined("Policy", "----")
    assert not is_underlined("", "----")

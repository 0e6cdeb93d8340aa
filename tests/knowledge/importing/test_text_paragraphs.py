from __future__ import annotations

import pytest

from knowledge.importing.block import Block
from knowledge.importing.text_lines import TextLines
from knowledge.importing.text_paragraphs import TextParagraphs, TextStyle

PLAIN = TextStyle(marked_up=False, wrapped=True, has_marks=False)
MARKED_UP = TextStyle(marked_up=True, wrapped=True, has_marks=True)


def read(text: str, style: TextStyle = PLAIN) -> list[Block]:
    lines = TextLines(text.splitlines())
    paragraphs = TextParagraphs(lines, style)
    blocks: list[Block] = []
    while not lines.has_ended:
        line = lines.here
        blocks += paragraphs.add(line) if line.strip() else paragraphs.closed()
        lines.at += 1
    return [*blocks, *paragraphs.closed()]


def texts(text: str, style: TextStyle = PLAIN) -> list[tuple[str, str]]:
    return [(block.kind, block.line.strip()) for block in read(text, style)]


def test_a_wrapped_line_that_opens_with_a_number_goes_on() -> None:
    assert texts("2.1 Records are kept, see Section\n4.2 of the handbook.\n2.2 So is this.") == [
        ("paragraph", "2.1 Records are kept, see Section 4.2 of the handbook."),
        ("paragraph", "2.2 So is this."),
    ]


def test_where_no_line_is_wrapped_each_is_a_paragraph() -> None:
    style = TextStyle(marked_up=False, wrapped=False, has_marks=False)
    assert texts("see the child\nand record it", style) == [
        ("paragraph", "see the child"),
        ("paragraph", "and record it"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "level"),
    [
        ("Record keeping\n\nKeep records.", "heading", 4),
        ("RECORD KEEPING\n\nKeep records.", "heading", 3),
        ("2.1 Record keeping\n\nKeep records.", "heading", 3),
        ("Record keeping.\n\nKeep records.", "paragraph", 0),
        ("record keeping\n\nKeep records.", "paragraph", 0),
        ("2.1 Record keeping\n\n2.2 Safe keeping\n\n", "paragraph", 0),
        ("Record keeping", "paragraph", 0),
    ],
)
def test_a_short_line_that_stands_alone_is_a_heading(text: str, kind: str, level: int) -> None:
    first = read(text)[0]
    assert (first.kind, first.level) == (kind, level)


def test_a_short_line_in_bold_is_a_heading_where_there_is_markup() -> None:
    assert texts("**Out of hours**\nRing the *duty* team.", MARKED_UP) == [
        ("heading", "Out of hours"),
        ("paragraph", "Ring the duty team."),
    ]


def test_a_term_is_defined_by_the_lines_that_stand_further_in() -> None:
    assert texts("Neglect\n    The failure to meet\n    a need.", MARKED_UP) == [
        ("lead", "Neglect"),
        ("item", "The failure to meet a need."),
    ]


def test_signs_are_kept_where_they_are_the_text() -> None:
    assert texts("> 18 years is *an adult*.")[0][1] == "> 18 years is *an adult*."
    assert texts("> Listen to *her*.", MARKED_UP)[0][1] == "Listen to her."


def test_a_marker_alone_waits_for_its_words() -> None:
    assert texts("2.2\n\nRecords are kept.") == [
        ("paragraph", "2.2"),
        ("paragraph", "Records are kept."),
    ]


def test_a_heading_and_a_table_end_the_lists() -> None:
    paragraphs = TextParagraphs(TextLines([]), MARKED_UP)
    paragraphs.begin(0, "1.", "one")
    assert paragraphs.is_open
    heading = paragraphs.heading("[Aims](#aims)", 2)
    assert (heading.text, heading.level, heading.only_links) == ("Aims", 2, True)
    assert paragraphs.lists.block(3, "").kind == "paragraph"
    paragraphs.begin(0, "1.", "one")
    assert list(paragraphs.table([])) == []
    assert paragraphs.lists.block(3, "").kind == "paragraph"


def test_a_short_line_in_a_text_of_long_ones_ends_what_it_stands_in() -> None:
    style = TextStyle(marked_up=False, wrapped=True, has_marks=False, width=90)
    text = "(c) the police have asked for a delay.\nA decision not to tell is looked at again."
    assert texts(text, style) == [
        ("item", "(c) the police have asked for a delay."),
        ("paragraph", "A decision not to tell is looked at again."),
    ]
    assert len(texts("A" * 80 + "\nBelow it stands more.", style)) == 1


def test_above_the_first_words_lines_of_a_cover_are_headings() -> None:
    style = TextStyle(marked_up=False, wrapped=True, has_marks=False, width=90)
    cover = "Dale Trust\nNotes for staff\n\nStaff stay with the child.\n\nRing\nThe lead"
    assert [kind for kind, _ in texts(cover, style)] == ["heading", "heading", *["paragraph"] * 3]

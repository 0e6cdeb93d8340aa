from __future__ import annotations

from knowledge.importing.text_lines import TextLines, indent_of


def test_lines_are_taken_one_after_the_other() -> None:
    lines = TextLines(["one", "two"])
    assert [lines.take(), lines.here, lines.take()] == ["one", "two", "two"]
    assert lines.has_ended


def test_there_are_no_words_outside_the_text() -> None:
    lines = TextLines(["one", "two"], at=1)
    assert [lines.above(2), lines.above(1), lines.ahead(0), lines.ahead(1)] == [
        *("", "one", "two", "")
    ]


def test_the_next_words_stand_below_empty_lines() -> None:
    assert TextLines(["one", "", " ", "two"], at=1).next_words() == "two"
    assert TextLines(["one", ""], at=1).next_words() == ""


def test_how_far_in_a_line_begins() -> None:
    assert [indent_of(line) for line in ("one", "  one", "")] == [0, 2, 0]

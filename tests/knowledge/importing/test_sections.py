from __future__ import annotations

from knowledge.importing.block import Block
from knowledge.importing.sections import with_sections


def headings(*texts: str) -> list[tuple[str, int]]:
    read = with_sections(
        Block("paragraph", text.partition(" ")[2], marker=text.split()[0])
        if "." in text.split()[0]
        else Block("paragraph", text)
        for text in texts
    )
    return [(block.line, block.level) for block in read if block.kind == "heading"]


def test_a_whole_number_that_numbers_below_it_bear_out() -> None:
    texts = ("1 Scope", "1.1 This is for staff.", "2 Words", "2.1 A child is under 18.")
    assert headings(*texts) == [("1 Scope", 2), ("2 Words", 2)]


def test_a_number_with_levels_heads_the_next_level() -> None:
    texts = ("2. Visits", "2.1 At night", "2.1.1 Ring first.", "2.1.2 Go in pairs.")
    assert headings(*texts) == [("2. Visits", 2), ("2.1 At night", 3)]


def test_whole_numbers_that_count_on_above_paragraphs_without_numbers() -> None:
    texts = ("1 Scope", "This is for staff.", "2 Words", "A child is under 18.")
    assert headings(*texts) == [("1 Scope", 2), ("2 Words", 2)]


def test_of_a_heading_that_comes_twice_the_first_stands_in_the_contents() -> None:
    read = list(with_sections(Block("paragraph", t) for t in ("1 Scope", "2 Aims") * 2))
    assert [block.kind for block in read[:2]] == ["paragraph", "paragraph"]


def test_a_sentence_or_a_number_in_the_text_heads_nothing() -> None:
    assert not headings("3 Children were seen.", "3.1 Staff wait.")
    assert not headings("24 Hour care is given", "Staff wait.")


def test_headings_in_bold_have_the_level_of_their_number() -> None:
    bold = [Block("heading", text, 7) for text in ("2 Visits", "2.1 At night", "Remember")]
    assert [block.level for block in with_sections(bold)] == [2, 3, 7]

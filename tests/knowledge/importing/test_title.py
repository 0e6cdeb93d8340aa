from __future__ import annotations

from knowledge.importing.block import Block
from knowledge.importing.title import path_begins_below, title_of, with_reasons

ORGANISATION, TITLE = Block("heading", "Dale Council", 1), Block("heading", "Neglect", 1)
WORDS = Block("paragraph", "Staff stay with the child.")


def test_of_headings_with_no_words_between_the_title_is_the_one_that_fits() -> None:
    blocks = [ORGANISATION, TITLE, WORDS]
    assert title_of(blocks) is TITLE
    assert path_begins_below(blocks, TITLE) == 1


def test_the_title_said_twice_leads_no_path() -> None:
    assert path_begins_below([TITLE, Block("heading", "Neglect", 1), WORDS], TITLE) == 1
    assert path_begins_below([TITLE, WORDS, Block("heading", "Records", 1)], TITLE) == 0


def test_short_lines_above_the_title_are_not_quoted() -> None:
    above = Block("paragraph", "Dale Council")
    assert [block.why for block in with_reasons([above, TITLE, WORDS])] == [
        "stands under the title",
        None,
        None,
    ]

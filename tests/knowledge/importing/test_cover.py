from __future__ import annotations

import pytest

from knowledge.importing.block import Block
from knowledge.importing.cover import UNDER_TITLE, is_detail, with_title
from knowledge.importing.title import with_reasons


def read(*texts: str, said: str | None = None) -> list[tuple[str, int, str | None]]:
    blocks = [Block("heading", text, 4) for text in texts]
    blocks += [Block("paragraph", "Stay."), Block("heading", "Records", 4)]
    return [(b.text, b.level, b.why) for b in with_title(blocks, said)][: len(texts)]


def test_the_title_is_the_line_that_names_a_subject() -> None:
    assert read("Dale Children Partnership", "PROCEDURE 14", "Harm online") == [
        ("Dale Children Partnership", 0, UNDER_TITLE),
        ("PROCEDURE 14", 0, UNDER_TITLE),
        ("Harm online", 1, None),
    ]


def test_the_heading_of_a_part_is_no_title() -> None:
    assert read("Purpose") == [("Purpose", 4, None)]


def test_a_page_that_says_its_title_has_no_other() -> None:
    assert read("Aside", "Young carers", said="Young carers | Dale") == [
        ("Aside", 0, UNDER_TITLE),
        ("Young carers", 1, None),
    ]
    assert read("Aside", said="Young carers | Dale") == [("Aside", 4, None)]


def test_a_title_of_its_own_level_stays() -> None:
    blocks = [Block("heading", "Dale Council", 2), Block("heading", "Neglect", 1)]
    assert list(with_title(blocks, None)) == blocks


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("Next review due: September, or sooner", True),
        ("Version 6.0. Agreed by the Executive.", False),
        ("Staff stay", False),
    ],
)
def test_who_made_the_document_and_when(text: str, detail: bool) -> None:
    assert is_detail(Block("paragraph", text)) is detail


def reasons(*blocks: Block) -> list[str | None]:
    titled = (Block("heading", "Bruising", 1), *blocks, Block("heading", "1. Scope", 2))
    return [each.why for each in with_reasons((*titled, Block("paragraph", "It applies.")))][1:-2]


def test_the_table_of_a_cover_says_who_made_the_document_and_when() -> None:
    cover = [
        Block("row", "Version | 4.1"),
        Block("row", "Audience | All who work with babies"),
        Block("row", "Author | Designated Doctor"),
        Block("row", "KEY MESSAGE: Any bruise is referred."),
        Block("row", "Review | Every baby is seen again"),
    ]
    assert reasons(*cover) == [UNDER_TITLE] * 3 + [None] * 2


def test_another_table_under_a_title_is_quotable() -> None:
    assert (
        reasons(Block("row", "Red | Call 999"), Block("row", "Amber | Ring the team")) == [None] * 2
    )

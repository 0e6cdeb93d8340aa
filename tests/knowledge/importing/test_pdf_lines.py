from __future__ import annotations

from knowledge.importing.pdf_lines import (
    Page,
    PlacedWord,
    TableOnPage,
    page_of,
    running_lines,
    without_figures,
    without_running,
)


def word(text: str, left: float, bottom: float, size: float = 10, width: float = 30) -> PlacedWord:
    return PlacedWord(text, left, left + width, bottom - size, bottom, size, False)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def test_words_beside_each_other_are_a_line() -> None:
    page = page_of(
        1, 800, [word("alone.", 84, 100), word("See", 50, 100), word("Then", 50, 114)], []
    )
    assert texts(page) == ["See alone.", "Then"]


def test_a_word_that_changes_its_type_halfway_is_one() -> None:
    assert texts(page_of(1, 800, [word("safe", 50, 100), word("guard", 80, 100)], [])) == [
        "safeguard"
    ]


def test_the_mark_of_a_footnote_is_no_word() -> None:
    marked = [word("law", 50, 100), word("3", 81, 95, size=6, width=4), word("says", 90, 100)]
    assert texts(page_of(1, 800, marked, [])) == ["law says"]


def test_a_table_stands_between_the_words_above_and_below() -> None:
    table = TableOnPage((("a", "b"),), 50, 200, 300, 1)
    page = page_of(1, 800, [word("below", 50, 400), word("above", 50, 100)], [table])
    assert [part if isinstance(part, TableOnPage) else part.text for part in page.parts] == [
        *("above", table, "below")
    ]


def test_what_stands_at_the_foot_of_every_page_runs() -> None:
    pages = [
        page_of(n, 800, [word("Policy", 50, 780), word(f"Words{n}", 50, 400)], []) for n in (1, 2)
    ]
    kept, out = without_running(pages[0], running_lines(pages))
    assert without_figures("Page 3 of 12") == "Page # of #"
    assert (texts(kept), [line.text for line in out]) == (["Words1"], ["Policy"])

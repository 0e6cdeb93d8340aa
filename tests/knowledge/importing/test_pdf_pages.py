from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importing import ImportRefused, pdf_pages
from knowledge.importing.source import SourceFile
from tests.knowledge.importing.making import pdf_of

SHEET = [
    (50.0, 700.0, 11.0, "F2", "See the child alone."),
    (50.0, 600.0, 9.0, "F1", "Then record."),
]


def source(pages: int = 1, trailer: str = "") -> SourceFile:
    return SourceFile(Path("policy.pdf"), pdf_of([SHEET] * pages, trailer))


def test_words_and_their_type() -> None:
    contents = pdf_pages.pdf_contents(source(), lambda *_: None)
    first, second = contents.pages[0].lines
    assert (first.text, first.bold, first.size) == ("See the child alone.", True, 11)
    assert (second.text, second.bold) == ("Then record.", False)


def test_pages_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[int, int]] = []
    pdf_pages.pdf_contents(source(2), lambda *told: heard.append(told))
    assert heard == [(1, 2), (2, 2)]
    monkeypatch.setattr(pdf_pages, "MAX_PDF_PAGES", 1)
    with pytest.raises(ImportRefused, match="more than 1 pages"):
        pdf_pages.pdf_contents(source(2), lambda *_: None)


def test_no_word_of_a_full_page_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MAX_WORDS_PER_PAGE", 3)
    with pytest.raises(ImportRefused, match="page 1 of this PDF holds more than 3 words"):
        pdf_pages.pdf_contents(source(), lambda *_: None)

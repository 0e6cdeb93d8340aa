"""The completion record as a Word document."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
from docx.document import Document

from bot.induction import Programme
from bot.induction.progress import ModuleResult
from bot.induction.record import Completion, completion_docx
from tests.shipped import PHRASES

WORDS = PHRASES.induction.pages
DAY = date(2026, 11, 30)


@pytest.fixture
def completion(programme: Programme) -> Completion:
    """Of somebody who has passed the first module and not the second."""
    passed, failed, *_ = programme.modules
    results = {
        module.id: ModuleResult(module.id, DAY, score, 4, (), "0123456789ab", DAY)
        for module, score in ((passed, 4), (failed, 1))
    }
    return Completion.of(programme, results, DAY, PHRASES.induction.record_blanks)


@pytest.fixture
def document(completion: Completion) -> Document:
    return docx.Document(BytesIO(completion_docx(completion, WORDS)))


def test_it_says_of_each_module_how_far_the_learner_is(
    document: Document, programme: Programme
) -> None:
    heads, *rows = ([cell.text for cell in row.cells] for row in document.tables[0].rows)
    assert heads == ["Module", "Result", "Date", "Score", "Version"]
    assert [row[0] for row in rows] == [module.title for module in programme.modules]
    assert rows[0][1:] == ["Passed", "30 November 2026", "4 of 4", "0123456789ab"]
    assert rows[1][1:4] == ["Not passed yet", "30 November 2026", "1 of 4"]
    assert {tuple(row[1:]) for row in rows[2:]} == {("Not started", "", "", "")}


def test_its_headings_are_of_levels_that_follow_each_other(document: Document) -> None:
    named = ((each.style.name if each.style else "", each.text) for each in document.paragraphs)
    headings = [(style, text) for style, text in named if style.startswith(("Title", "Heading"))]
    assert headings == [
        ("Title", "Induction record"),
        ("Heading 1", "To fill in by hand"),
        *(("Heading 2", prompt) for prompt in PHRASES.induction.record_blanks),
    ]


def test_it_is_a_document_like_the_others(document: Document, completion: Completion) -> None:
    (section,) = document.sections
    assert section.page_width
    assert round(section.page_width.mm) == 210
    assert "PAGE" in section.footer._element.xml
    assert document.core_properties.language == "en-GB"
    assert completion_docx(completion, WORDS) == completion_docx(completion, WORDS)

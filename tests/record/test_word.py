"""The record as a Word document: counted here, and looked at by people."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from docx.document import Document
from docx.oxml.ns import qn

from bot.messages import OutcomeMessage
from tests.record.walked import STAMP, opened, refused, style
from tests.shipped import PHRASES


@pytest.fixture(scope="module")
def outcome() -> OutcomeMessage:
    return refused()


@pytest.fixture(scope="module")
def document(outcome: OutcomeMessage) -> Document:
    return opened(outcome)


def test_the_page_is_a4(document: Document) -> None:
    (section,) = document.sections
    assert section.page_width
    assert section.page_height
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_british_english_stands_on_the_styles(document: Document) -> None:
    found = document.styles.element.findall(f".//{qn('w:lang')}")
    assert {each.get(qn("w:val")) for each in found} == {"en-GB"}
    normal = document.styles["Normal"].element
    assert normal.find(f".//{qn('w:lang')}") is not None
    (theme,) = document.settings.element.findall(qn("w:themeFontLang"))
    assert theme.get(qn("w:val")) == "en-GB"
    assert document.core_properties.language == "en-GB"


def test_the_foot_of_each_page_has_its_number_and_their_count(document: Document) -> None:
    (paragraph,) = document.sections[0].footer.paragraphs
    fields = [each.get(qn("w:instr")) for each in paragraph._p.findall(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert [run.text for run in paragraph.runs] == ["Page ", " of "]


def test_it_has_a_title(document: Document, outcome: OutcomeMessage) -> None:
    about = document.core_properties
    assert about.title == f"Decision record: {outcome.flow.title}"
    assert about.comments == ""
    assert about.created == about.modified == STAMP.at
    (title,) = [each.text for each in document.paragraphs if style(each) == "Title"]
    assert title == about.title


def test_no_heading_hangs_at_the_foot_of_a_page(document: Document) -> None:
    for name in ("Title", "Heading 1", "Heading 2"):
        assert document.styles[name].paragraph_format.keep_with_next
    for paragraph, after in pairwise(document.paragraphs):
        if style(paragraph) == "Quote":
            assert paragraph.paragraph_format.keep_together
        if style(paragraph).startswith("Heading") or after.text.startswith("— "):
            in_style = document.styles[style(paragraph)].paragraph_format.keep_with_next
            assert in_style or paragraph.paragraph_format.keep_with_next


def test_what_is_to_be_filled_in_stays_on_one_page(document: Document) -> None:
    (warning,) = [each for each in document.paragraphs if each.text == PHRASES.record.to_others]
    assert warning.paragraph_format.keep_with_next
    *rows, last = document.tables[0].rows
    assert all(row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows)
    assert not last.cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_a_passage_of_several_paragraphs_is_several_paragraphs(document: Document) -> None:
    quoted = [each.text for each in document.paragraphs if style(each) == "Quote"]
    assert [text for text in quoted if "\n\n" in text] == []
    assert "Article 8 of the European Convention on Human Rights states that:" in quoted


def test_nothing_is_spaced_by_empty_paragraphs(document: Document) -> None:
    assert [each for each in document.paragraphs if not each.text.strip()] == []
    texts = [each.text for each in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert [text for text in texts if text.endswith("\n")] == []


def test_tables_are_two_and_have_heads_for_rows_and_columns(
    document: Document, outcome: OutcomeMessage
) -> None:
    said = PHRASES.record
    to_fill_in, answers = document.tables
    assert [row.cells[0].text for row in to_fill_in.rows] == [said.blank, *said.blanks]
    assert {row.cells[1].text for row in to_fill_in.rows} == {said.entry, ""}
    assert [row.cells[1].text for row in answers.rows] == [
        said.answer,
        *(each.answer for each in outcome.answers),
    ]
    for table in document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)
        assert all("w:tblHeader" not in row._tr.xml for row in table.rows[1:])
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
        for row in table.rows:
            assert all(run.bold for each in row.cells[0].paragraphs for run in each.runs)
    assert all(row.height and row.height.mm >= 10 for row in to_fill_in.rows[1:])


def test_nothing_is_pale_or_slanted(document: Document) -> None:
    xml = document.styles["Quote"].element.xml
    assert "<w:i/>" not in xml
    for name in ("Title", "Heading 1", "Heading 2", "Quote"):
        colours = re.findall(r'<w:color w:val="(\w+)"', document.styles[name].element.xml)
        assert set(colours) <= {"0B0C0C"}

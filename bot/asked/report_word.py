"""The board's report as a Word document: A4, British English, real headings, page numbers."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from bot.asked.report import BoardReport, ReportBlock, TableOf
from bot.record.contents import Heading, Paragraph
from bot.record.word import timeless

A4 = (Mm(210), Mm(297))
LANGUAGE = "en-GB"
NOTHING = "None."


def report_word(report: BoardReport, at: datetime) -> bytes:
    """Equal reports made at equal times give equal bytes."""
    document = docx.Document()
    _set_up(document)
    document.add_heading(report.title, 0)
    for block in report.blocks:
        _write(document, block)
    about = document.core_properties
    about.title, about.author, about.language = report.title, "First Principles", LANGUAGE
    about.created = about.modified = at.astimezone(UTC).replace(tzinfo=None)
    written = io.BytesIO()
    document.save(written)
    return timeless(written)


def _set_up(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = A4
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)


def _write(document: Document, block: ReportBlock) -> None:
    match block:
        case Heading(text):
            document.add_heading(text, 1)
        case Paragraph(text):
            document.add_paragraph(text)
        case TableOf(heads, rows) if rows:
            table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
            for cell, head in zip(table.rows[0].cells, heads, strict=True):
                cell.paragraphs[0].add_run(head).bold = True
            _repeat(table.rows[0]._tr)
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
            document.add_paragraph()
        case TableOf():
            document.add_paragraph(NOTHING)


def _repeat(row: object) -> None:
    """The heads stand again on each page, and a screen reader knows them for heads."""
    header = OxmlElement("w:tblHeader")
    row.get_or_add_trPr().append(header)  # type: ignore[attr-defined]  # python-docx has no types for it

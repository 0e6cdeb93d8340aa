"""The board's report as a Word document: A4, British English, real headings, page numbers."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bot.asked.report_blocks import BoardReport, Points, ReportBlock, Subheading, TableOf
from bot.record.contents import Heading, Paragraph
from bot.record.word import timeless

A4 = (Mm(210), Mm(297))
MARGIN = Mm(20)
WIDTH_MM = 170
"""Between the margins."""
CELL_SIZE = Pt(9)
LANGUAGE = "en-GB"
NOTHING = "None."


def file_name(report: BoardReport) -> str:
    """As it lies in a folder of reports, in the order of their days."""
    period = report.period
    return f"Report for the board {period.since} to {period.until}.docx"


def report_word(report: BoardReport, at: datetime) -> bytes:
    """Equal reports made at equal times give equal bytes."""
    document = docx.Document()
    _set_up(document)
    document.add_heading(report.title, 0)
    for block in report.blocks:
        _write(document, block)
    about = document.core_properties
    about.title = f"{report.title}, {report.period.words}"
    about.author, about.language, about.comments = "First Principles", LANGUAGE, ""
    about.created = about.modified = at.astimezone(UTC).replace(tzinfo=None)
    written = io.BytesIO()
    document.save(written)
    return timeless(written)


def _set_up(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = MARGIN
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    footer = section.footer.paragraphs[0]
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        footer.add_run(words)
        _add_field(footer._p, field)


def _add_field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph.append(field)


def _write(document: Document, block: ReportBlock) -> None:
    match block:
        case Heading(text):
            document.add_heading(text, 1)
        case Subheading(text):
            document.add_heading(text, 2)
        case Paragraph(text):
            document.add_paragraph(text)
        case Points(items):
            for item in items:
                document.add_paragraph(item, style="List Bullet")
        case TableOf() if block.rows:
            _write_table(document, block)
        case TableOf():
            document.add_paragraph(NOTHING)


def _write_table(document: Document, block: TableOf) -> None:
    table = document.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        _fill(cell, head, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for texts in block.rows:
        row = table.add_row()
        _mark(row, "w:cantSplit")
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell, text)
    for column, width in zip(table.columns, _widths(block), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    document.add_paragraph()


def _widths(block: TableOf) -> list[Mm]:
    alike = 100 / len(block.heads)
    parts = block.widths or [alike for _ in block.heads]
    return [Mm(WIDTH_MM * each / 100) for each in parts]


def _fill(cell: Any, text: str, *, bold: bool = False) -> None:
    """A paragraph for each line."""
    first, *others = text.split("\n")
    for paragraph, line in (
        (cell.paragraphs[0], first),
        *((cell.add_paragraph(), each) for each in others),
    ):
        run = paragraph.add_run(line)
        run.bold, run.font.size = bold or None, CELL_SIZE


def _mark(row: Any, name: str) -> None:
    """`tblHeader`: the heads stand again on each page, and a screen reader knows them for heads.
    `cantSplit`: a row stays on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))

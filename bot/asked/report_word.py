"""The board's report as a Word document: A4, British English, real headings, page numbers."""

from __future__ import annotations

from datetime import datetime

from docx.document import Document
from docx.shared import Pt

from bot.asked.report_blocks import BoardReport, ReportBlock
from bot.record.blocks import Heading, Paragraph, Points, Subheading, TableOf
from bot.record.word_file import add_table, file_of, new_document

CELL_SIZE = Pt(9)
NOTHING = "None."


def file_name(report: BoardReport) -> str:
    """As it lies in a folder of reports, in the order of their days."""
    period = report.period
    return f"Report for the board {period.since} to {period.until}.docx"


def report_word(report: BoardReport, at: datetime) -> bytes:
    """Equal reports made at equal times give equal bytes."""
    document = new_document()
    document.add_heading(report.title, 0)
    for block in report.blocks:
        _write(document, block)
    return file_of(document, f"{report.title}, {report.period.words}", at)


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
            add_table(document, block, CELL_SIZE)
            document.add_paragraph()
        case TableOf():
            document.add_paragraph(NOTHING)

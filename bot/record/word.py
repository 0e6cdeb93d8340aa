"""The record as a Word document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table

from bot.record import blocks as parts
from bot.record.contents import RecordBlock
from bot.record.stamp import Stamp
from bot.record.word_file import INK, add_table, file_of, new_document

QUOTE_INDENT = Mm(5)
QUOTE_LINE = (
    f"<w:pBdr {nsdecls('w')}>"
    '<w:left w:val="single" w:sz="18" w:space="8" w:color="505A5F"/></w:pBdr>'
)
BLANK_WIDTHS = (40, 60)
BLANK_HEIGHT = Mm(12)
STAMP_TYPEFACE, STAMP_SIZE = "Courier New", Pt(9)


def word(title: str, blocks: Iterable[RecordBlock], stamp: Stamp) -> bytes:
    document = new_document()
    _set_quote(document)
    document.add_heading(title, 0)
    for block in blocks:
        _write(document, block)
    return file_of(document, title, stamp.at)


def _set_quote(document: Document) -> None:
    """Upright, with a line at its side: slanted words are hard to read."""
    style: Any = document.styles["Quote"]
    for slanted in (*style.element.iter(qn("w:i")), *style.element.iter(qn("w:iCs"))):
        slanted.getparent().remove(slanted)
    style.font.color.rgb = INK
    style.paragraph_format.left_indent = QUOTE_INDENT
    # Before the spacing and the indent, as the schema orders them.
    style.element.get_or_add_pPr().insert(0, parse_xml(QUOTE_LINE))


def _write(document: Document, block: RecordBlock) -> None:
    match block:
        case parts.Heading(text):
            document.add_heading(text, 1)
        case parts.Subheading(text):
            document.add_heading(text, 2)
        case parts.Paragraph(text):
            document.add_paragraph(text)
        case parts.Points(items):
            for item in items:
                document.add_paragraph(item, style="List Bullet")
        case parts.Entries(rows):
            for name, value in rows:
                paragraph = document.add_paragraph()
                paragraph.paragraph_format.keep_together = True
                paragraph.add_run(name).bold = True
                paragraph.add_run(f" {value}")
        case parts.TableOf():
            _head_rows(add_table(document, block))
        case parts.Blanks():
            _write_blanks(document, block)
        case parts.Quotation():
            _write_quotation(document, block)
        case parts.Verbatim(text):
            run = document.add_paragraph().add_run(text)
            run.font.name, run.font.size = STAMP_TYPEFACE, STAMP_SIZE


def _write_blanks(document: Document, block: parts.Blanks) -> None:
    empty = tuple((label, "") for label in block.labels)
    table = add_table(document, parts.TableOf(block.heads, empty, BLANK_WIDTHS))
    for row in table.rows[1:]:
        row.height, row.height_rule = BLANK_HEIGHT, WD_ROW_HEIGHT_RULE.AT_LEAST
    _head_rows(table)
    # On one page, with the words above it: it is filled in and read as one.
    above = document.paragraphs[-1]
    heads = [row.cells[0].paragraphs[0] for row in table.rows[:-1]]
    for paragraph in (above, *heads):
        paragraph.paragraph_format.keep_with_next = True


def _head_rows(table: Table) -> None:
    """The first cell of each row is its head."""
    for cell in table.columns[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _write_quotation(document: Document, block: parts.Quotation) -> None:
    """Neither its beginning nor its end stands alone; a long one goes on over a page."""
    quoted = [
        document.add_paragraph(part, style="Quote").paragraph_format
        for part in block.text.split("\n\n")
    ]
    for part in quoted:
        part.keep_together = True
    quoted[0].keep_with_next = quoted[-1].keep_with_next = True
    cited = document.add_paragraph(f"— {block.citation}")
    if block.check:
        cited.paragraph_format.keep_with_next = True
        document.add_paragraph(block.check)

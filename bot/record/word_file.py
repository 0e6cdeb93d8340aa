"""What every Word document here begins and ends with: A4, British English, numbered pages, and a
file with no time in it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell, _Row

from bot.record.blocks import TableOf

A4 = (Mm(210), Mm(297))
MARGIN = Mm(20)
WIDTH_MM = 170
"""Between the margins."""
LANGUAGE = "en-GB"
TYPEFACE = "Arial"
INK = RGBColor(0x0B, 0x0C, 0x0C)
TEXT_SIZE = Pt(11)
HEADINGS = {
    "Title": (Pt(20), Pt(0), Pt(6)),
    "Heading 1": (Pt(15), Pt(18), Pt(6)),
    "Heading 2": (Pt(12), Pt(10), Pt(3)),
}
"""Size, space before and space after of each."""
CELL_SPACE = Pt(3)
LONGEST_PROPERTY = 255
"""As the format allows."""

# Every entry of a Word document carries a time; the same contents are the same file.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def new_document() -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    _set_language(document)
    _set_styles(document)
    footer = section.footer.paragraphs[0]
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        footer.add_run(words)
        _add_field(footer._p, field)
    return document


def _set_language(document: Document) -> None:
    """On the defaults, on the style that all others follow, and on the theme."""
    styles = document.styles.element
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
        language.set(qn("w:eastAsia"), LANGUAGE)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), LANGUAGE)


def _set_styles(document: Document) -> None:
    """One typeface and one dark ink, in place of the template's pale blues."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for letters in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(letters), TYPEFACE)
    normal: Any = document.styles["Normal"]
    normal.font.size = TEXT_SIZE
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.15
    for name, (size, before, after) in HEADINGS.items():
        style: Any = document.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = size, True, INK
        style.paragraph_format.space_before, style.paragraph_format.space_after = before, after
        style.paragraph_format.keep_with_next = True
        for line in style.element.iter(qn("w:pBdr")):
            line.getparent().remove(line)


def _add_field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph.append(field)


def add_table(document: Document, block: TableOf, size: Length = TEXT_SIZE) -> Any:
    """With heads that stand again on each page and that a screen reader knows for heads, and rows
    that stay on one page."""
    table: Any = document.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        fill(cell, head, size, bold=True)
    mark(table.rows[0], "w:cantSplit")
    mark(table.rows[0], "w:tblHeader")
    for texts in block.rows:
        row = table.add_row()
        mark(row, "w:cantSplit")
        for cell, text in zip(row.cells, texts, strict=True):
            fill(cell, text, size)
    for column, width in zip(table.columns, _widths(block), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    return table


def _widths(block: TableOf) -> list[Mm]:
    alike = 100 / len(block.heads)
    parts = block.widths or [alike for _ in block.heads]
    return [Mm(WIDTH_MM * each / 100) for each in parts]


def fill(cell: _Cell, text: str, size: Length = TEXT_SIZE, *, bold: bool = False) -> None:
    """A paragraph for each line."""
    first, *others = text.split("\n")
    for paragraph, line in (
        (cell.paragraphs[0], first),
        *((cell.add_paragraph(), each) for each in others),
    ):
        paragraph.paragraph_format.space_before = CELL_SPACE
        paragraph.paragraph_format.space_after = CELL_SPACE
        if line:
            run = paragraph.add_run(line)
            run.bold, run.font.size = bold or None, size


def mark(row: _Row, name: str) -> None:
    """`tblHeader` or `cantSplit`."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def file_of(document: Document, title: str, at: datetime) -> bytes:
    """Equal documents of equal times are equal bytes."""
    about = document.core_properties
    about.title = title[:LONGEST_PROPERTY]
    about.author, about.language = "First Principles", LANGUAGE
    about.comments = ""
    about.created = about.modified = at.astimezone(UTC).replace(tzinfo=None)
    written = io.BytesIO()
    document.save(written)
    again = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_TIME), old.read(name))
    return again.getvalue()

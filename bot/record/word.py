"""The record as a Word document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import docx
from docx.document import Document

from bot.record import contents as parts
from bot.record.contents import Block
from bot.record.stamp import Stamp

# Every entry of a Word document carries a time; the same record is the same file.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def word(title: str, blocks: Iterable[Block], stamp: Stamp) -> bytes:
    document = docx.Document()
    document.add_heading(title, 0)
    for block in blocks:
        _write(document, block)
    about = document.core_properties
    about.title, about.author, about.language = title, "First Principles", "en-GB"
    about.created = about.modified = stamp.at.replace(tzinfo=None)
    written = io.BytesIO()
    document.save(written)
    return timeless(written)


def _write(document: Document, block: Block) -> None:
    match block:
        case parts.Heading(text):
            document.add_heading(text, 1)
        case parts.Paragraph(text):
            document.add_paragraph(text)
        case parts.Facts(rows):
            table = document.add_table(rows=0, cols=2, style="Table Grid")
            for name, value in rows:
                left, right = table.add_row().cells
                left.text, right.text = name, value
        case parts.Quotation(text, citation, notices):
            document.add_paragraph(text, style="Quote")
            document.add_paragraph(f"— {citation}")
            for notice in notices:
                document.add_paragraph(notice, style="Intense Quote")
        case parts.Blanks(labels):
            table = document.add_table(rows=0, cols=2, style="Table Grid")
            for label in labels:
                table.add_row().cells[0].text = f"{label}\n"


def timeless(written: io.BytesIO) -> bytes:
    """The file with no time in it."""
    again = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_TIME), old.read(name))
    return again.getvalue()

"""A record as a file to keep: Markdown, a page to print, or a Word document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import docx
import jinja2
from docx.document import Document

from bot.messages import OutcomeMessage
from bot.record import document as parts
from bot.record.document import Block, RecordDocument
from bot.record.stamp import Stamp

Format = Literal["markdown", "html", "docx"]

PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
# Every entry of a Word document carries a time; the same record is the same file.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
LINE = "_" * 60


@dataclass(frozen=True)
class Record:
    content: bytes
    media_type: str
    file_name: str


@dataclass(frozen=True)
class RecordRenderer:
    document: RecordDocument

    def render(self, outcome: OutcomeMessage, stamp: Stamp, format: Format) -> Record:
        """The record of a finished walk. Equal outcomes and stamps give equal bytes."""
        write, media_type, ending = FORMATS[format]
        name = f"record-{outcome.flow.id}-{stamp.at:%Y%m%d-%H%M}.{ending}"
        blocks = list(self.document.blocks(outcome, stamp))
        content = write(self.document.phrases.title, blocks, stamp)
        return Record(content, media_type, name)


def markdown(title: str, blocks: Iterable[Block], stamp: Stamp) -> bytes:
    lines = [f"# {title}"]
    for block in blocks:
        match block:
            case parts.Heading(text):
                lines.append(f"## {text}")
            case parts.Paragraph(text):
                lines.append(escaped(text))
            case parts.Facts(rows):
                lines.append(
                    "\n".join(f"- **{escaped(name)}** {escaped(value)}" for name, value in rows)
                )
            case parts.Quotation(text, citation, notices):
                lines.append("\n".join(f"> {escaped(line)}" for line in text.splitlines()))
                lines.append(f"— {escaped(citation)}")
                lines += [f"*{escaped(notice)}*" for notice in notices]
            case parts.Blanks(labels):
                lines += [f"{label}:\n\n{LINE}" for label in labels]
    return ("\n\n".join(lines) + "\n").encode()


def escaped(text: str) -> str:
    """Text whose every character is shown: what Markdown would read as a mark is escaped."""
    return re.sub(r"([\\`*_<>\[\]#])", r"\\\1", text)


def html(title: str, blocks: Iterable[Block], stamp: Stamp) -> bytes:
    named = [(type(block).__name__, block) for block in blocks]
    page = PAGES.get_template("record.html.j2").render(title=title, blocks=named)
    return page.encode()


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
    return _timeless(written)


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


def _timeless(written: io.BytesIO) -> bytes:
    again = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_TIME), old.read(name))
    return again.getvalue()


Write = Callable[[str, list[Block], Stamp], bytes]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: dict[Format, tuple[Write, str, str]] = {
    "markdown": (markdown, "text/markdown; charset=utf-8", "md"),
    "html": (html, "text/html; charset=utf-8", "html"),
    "docx": (word, WORD, "docx"),
}

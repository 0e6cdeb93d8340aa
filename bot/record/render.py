"""A record as a file to keep: Markdown, a page to print, or a Word document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import jinja2

from bot.messages import OutcomeMessage
from bot.record import contents as parts
from bot.record.contents import Block, RecordDocument
from bot.record.stamp import Stamp
from bot.record.word import word

Format = Literal["markdown", "html", "docx"]

PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
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


Write = Callable[[str, list[Block], Stamp], bytes]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: dict[Format, tuple[Write, str, str]] = {
    "markdown": (markdown, "text/markdown; charset=utf-8", "md"),
    "html": (html, "text/html; charset=utf-8", "html"),
    "docx": (word, WORD, "docx"),
}

"""A record as a file to keep: Markdown, a page to print, or a Word document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import jinja2

from bot.messages import OutcomeMessage
from bot.record import blocks as parts
from bot.record.contents import RecordBlock, RecordDocument
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
        blocks = list(self.document.blocks(outcome, stamp))
        content = write(self.document.title(outcome), blocks, stamp)
        name = self.document.file_name(outcome, stamp)
        return Record(content, media_type, f"{name}.{ending}")


def markdown(title: str, blocks: Iterable[RecordBlock], stamp: Stamp) -> bytes:
    lines = [f"# {escaped(title)}"]
    for block in blocks:
        match block:
            case parts.Heading(text):
                lines.append(f"## {escaped(text)}")
            case parts.Subheading(text):
                lines.append(f"### {escaped(text)}")
            case parts.Paragraph(text):
                lines.append(escaped(text))
            case parts.Points(items):
                lines.append("\n".join(f"- {escaped(item)}" for item in items))
            case parts.Entries(rows) | parts.TableOf(rows=rows):
                lines.append("\n".join(entry(name, *values) for name, *values in rows))
            case parts.Quotation(text, citation, check):
                lines.append("\n".join(f"> {escaped(line)}" for line in text.splitlines()))
                lines.append(f"— {escaped(citation)}")
                if check:
                    lines.append(escaped(check))
            case parts.Blanks(labels=labels):
                lines += [f"{escaped(label)}:\n\n{LINE}" for label in labels]
            case parts.Verbatim(text):
                lines.append(f"    {text}")
    return ("\n\n".join(lines) + "\n").encode()


def entry(name: str, *values: str) -> str:
    return " ".join([f"- **{escaped(name)}**", *map(escaped, values)])


def escaped(text: str) -> str:
    """Text whose every character is shown: what Markdown would read as a mark is escaped."""
    return re.sub(r"([\\`*_<>\[\]#])", r"\\\1", text)


def html(title: str, blocks: Iterable[RecordBlock], stamp: Stamp) -> bytes:
    named = [(type(block).__name__, block) for block in blocks]
    page = PAGES.get_template("record.html.j2").render(title=title, blocks=named)
    return page.encode()


Write = Callable[[str, list[RecordBlock], Stamp], bytes]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: dict[Format, tuple[Write, str, str]] = {
    "markdown": (markdown, "text/markdown; charset=utf-8", "md"),
    "html": (html, "text/html; charset=utf-8", "html"),
    "docx": (word, WORD, "docx"),
}

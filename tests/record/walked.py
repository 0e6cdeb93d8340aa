"""Outcomes of walks through the shipped flows, and what a record of them holds in any form."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.flows import TellOutcome
from bot.messages import OutcomeMessage
from bot.record import Format, Stamp, sources_version
from tests.flows.walks import walked
from tests.shipped import FLOW_RENDERER, FLOWS, LIBRARY, RECORD_RENDERER

FORMATS: list[Format] = ["markdown", "html", "docx"]
STAMP = Stamp(datetime(2026, 11, 22, 9, 30, 12, tzinfo=UTC), sources_version(LIBRARY))
LEVELS = {"Title": 1, "Heading 1": 2, "Heading 2": 3}


def outcome_of(flow: str, *answers: str) -> OutcomeMessage:
    """Where the shipped flow ends on these answers."""
    walk = walked(flow, *answers)
    outcome = walk.trace(FLOWS).outcome
    assert outcome
    return FLOW_RENDERER.outcome(TellOutcome(outcome, walk))


def refused() -> OutcomeMessage:
    """Consent was refused and a child may be at risk: one passage stands behind two things."""
    return outcome_of("share_without_consent", "no", "yes", "i_share", "refused", "yes")


def content_of(outcome: OutcomeMessage, format: Format, stamp: Stamp = STAMP) -> bytes:
    return RECORD_RENDERER.render(outcome, stamp, format).content


def opened(outcome: OutcomeMessage, stamp: Stamp = STAMP) -> Document:
    return docx.Document(io.BytesIO(content_of(outcome, "docx", stamp)))


def pieces_of(outcome: OutcomeMessage, format: Format, stamp: Stamp = STAMP) -> list[Piece]:
    """Headings with their level and texts with none, in the order in which they are read."""
    if format == "docx":
        return list(_in_word(opened(outcome, stamp)))
    text = content_of(outcome, format, stamp).decode()
    return list(_in_html(text) if format == "html" else _in_markdown(text))


def text_of(outcome: OutcomeMessage, format: Format, stamp: Stamp = STAMP) -> str:
    """With every run of white space as one space."""
    words = " ".join(text for _, text in pieces_of(outcome, format, stamp))
    return re.sub(r"\s+", " ", words)


Piece = tuple[int, str]


def style(paragraph: Paragraph) -> str:
    """The name of its style in Word."""
    return (paragraph.style and paragraph.style.name) or ""


def _in_word(document: Document) -> Iterator[Piece]:
    for each in document.iter_inner_content():
        if isinstance(each, Table):
            yield from ((0, cell.text) for row in each.rows for cell in row.cells)
        else:
            yield LEVELS.get(style(each), 0), each.text


def _in_markdown(text: str) -> Iterator[Piece]:
    for line in text.splitlines():
        marks, _, heading = line.partition(" ")
        level = len(marks) if marks and set(marks) == {"#"} else 0
        shown = heading if level else line.removeprefix("> ").removeprefix("- ").replace("**", "")
        yield level, re.sub(r"\\(.)", r"\1", shown)


def _in_html(text: str) -> Iterator[Piece]:
    reader = _Reader()
    reader.feed(text)
    yield from reader.pieces


class _Reader(HTMLParser):
    """What stands in the page's body."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self.level = 0
        self.is_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_body = self.is_body or tag == "body"
        if re.fullmatch(r"h\d", tag):
            self.level = int(tag[1])

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch(r"h\d", tag):
            self.level = 0

    def handle_data(self, data: str) -> None:
        if self.is_body and data.strip():
            self.pieces.append((self.level, data))

"""Reads text into blocks: plain, in Markdown, or in reStructuredText, or in what lies between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from itertools import pairwise

from knowledge.importing.block import Block, Draft
from knowledge.importing.column_table import ColumnTables, aligned
from knowledge.importing.email import Email
from knowledge.importing.encoding import text_of
from knowledge.importing.furniture import PAGE
from knowledge.importing.markdown import Markdown, is_heading
from knowledge.importing.restructuredtext import ReStructuredText, is_directive
from knowledge.importing.source import SourceFile
from knowledge.importing.text_furniture import TextSettings
from knowledge.importing.text_lines import TextLines
from knowledge.importing.text_pages import PAGE_BREAK, without_pages
from knowledge.importing.text_paragraphs import TextParagraphs, TextStyle
from knowledge.importing.underlined_heading import UnderlinedHeadings, is_underlined

LONG_LINE = 160
"""A text without markup that has a line as long as this keeps every paragraph on one line."""

BETWEEN_CELLS = re.compile(r".{9,}\S(?: {3,}|\t+)\S")
"""What a line of a table has, and one of a paragraph only has after its number."""

PLAIN_ENDINGS = frozenset((".txt", ".text"))


def read_plain_text(source: SourceFile) -> Draft:
    """Raises ImportRefused where the letters cannot be read."""
    pages = text_of(source).split(PAGE_BREAK)
    printed = [[line.rstrip() for line in page.splitlines()] for page in pages]
    lines, edges = without_pages(reduce(lambda above, page: [*above, PAGE_BREAK, *page], printed))
    reader = _TextReader(aligned(lines), _style_of(lines, source.ending))
    furniture = (Block("paragraph", text, why=PAGE) for text in edges)
    return Draft((*reader.blocks(), *furniture), people=tuple(reader.settings.people))


def _style_of(lines: list[str], ending: str) -> TextStyle:
    plain = ending in PLAIN_ENDINGS
    marked_up = _has_markup(lines) or (not plain and _has_underlines(lines))
    return TextStyle(
        marked_up=marked_up,
        wrapped=marked_up or max(map(len, lines), default=0) < LONG_LINE,
        has_marks=marked_up or not plain,
        width=max(map(len, filter(_is_of_text, lines)), default=0),
    )


def _is_of_text(line: str) -> bool:
    """Whether a line can tell how far the text goes. A longer one is a paragraph of its own."""
    return len(line) <= LONG_LINE and not BETWEEN_CELLS.search(line)


def _has_markup(lines: list[str]) -> bool:
    return any(is_heading(line) or is_directive(line) for line in lines)


def _has_underlines(lines: list[str]) -> bool:
    """In plain text these show a heading, and nothing of the other lines."""
    return any(is_underlined(above, line) for above, line in pairwise(lines))


class _TextReader:
    """Knows every mark, whatever the file is called: texts mix Markdown and reStructuredText."""

    def __init__(self, lines: list[str], style: TextStyle) -> None:
        self.lines = TextLines(lines)
        self.paragraphs = TextParagraphs(self.lines, style)
        self.settings = TextSettings()
        self.markups = (
            Email(self.lines, self.paragraphs),
            ColumnTables(self.lines, self.paragraphs),
            UnderlinedHeadings(self.lines, self.paragraphs),
            Markdown(self.lines, self.paragraphs, self.settings),
            ReStructuredText(self.lines, self.paragraphs, self.settings),
        )

    def blocks(self) -> Iterator[Block]:
        while not self.lines.has_ended:
            line = self.lines.here
            if not line.strip():
                yield from self.paragraphs.closed()
                self.lines.at += 1
            elif (special := self._special(line)) is not None:
                yield from self.paragraphs.closed()
                yield from special
            else:
                yield from self.paragraphs.add(line)
                self.lines.at += 1
        yield from self.paragraphs.closed()

    def _special(self, line: str) -> Iterator[Block] | None:
        """What is not simply words: the reader of it, or None."""
        found = (markup.special(line) for markup in self.markups)
        return next((special for special in found if special is not None), None)

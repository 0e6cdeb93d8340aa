"""Reads text into blocks: plain, in Markdown, or in reStructuredText, or in what lies between."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from knowledge.importing.block import Block, Draft
from knowledge.importing.encoding import text_of
from knowledge.importing.markdown import Markdown, is_heading
from knowledge.importing.restructuredtext import ReStructuredText, is_directive
from knowledge.importing.source import SourceFile
from knowledge.importing.text_furniture import TextSettings
from knowledge.importing.text_lines import TextLines
from knowledge.importing.text_paragraphs import TextParagraphs, TextStyle
from knowledge.importing.underlined_heading import UnderlinedHeadings, is_underlined

LONG_LINE = 160
"""A text without markup that has a line as long as this keeps every paragraph on one line."""

PLAIN_ENDINGS = frozenset((".txt", ".text"))


def read_plain_text(source: SourceFile) -> Draft:
    """Raises ImportRefused where the letters cannot be read."""
    lines = [line.expandtabs(4).rstrip() for line in text_of(source).splitlines()]
    reader = _TextReader(lines, _style_of(lines, source.ending))
    blocks = tuple(reader.blocks())
    return Draft(blocks, people=tuple(reader.settings.people))


def _style_of(lines: list[str], ending: str) -> TextStyle:
    marked_up = _has_markup(lines)
    return TextStyle(
        marked_up=marked_up,
        wrapped=marked_up or max(map(len, lines), default=0) < LONG_LINE,
        has_marks=marked_up or ending not in PLAIN_ENDINGS,
    )


def _has_markup(lines: list[str]) -> bool:
    marked = any(is_heading(line) or is_directive(line) for line in lines)
    return marked or any(is_underlined(above, line) for above, line in pairwise(lines))


class _TextReader:
    """Knows every mark, whatever the file is called: texts mix Markdown and reStructuredText."""

    def __init__(self, lines: list[str], style: TextStyle) -> None:
        self.lines = TextLines(lines)
        self.paragraphs = TextParagraphs(self.lines, style)
        self.settings = TextSettings()
        self.markups = (
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

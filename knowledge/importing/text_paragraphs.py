"""The paragraphs and items of a text: which lines are one, and which of them are headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from knowledge.importing.block import Block, joined
from knowledge.importing.furniture import has_leaders, heads_furniture
from knowledge.importing.inline_markup import is_all_bold, is_only_links, plain
from knowledge.importing.markers import comes_after, is_bullet, number_of, shape, split_marker
from knowledge.importing.table import Row, table_blocks
from knowledge.importing.text_lines import TextLines, indent_of
from knowledge.importing.text_lists import COUNTED, TextLists

HEADING_WORDS = 12
NO_HEADING_CLOSES = (".", ":", ";", "?", "!", ",", ")")
CLOSES = (*NO_HEADING_CLOSES, "”", '"')
AUTO = re.compile(r"#\.\s+")
TASK = re.compile(r"\[[ xX]\]\s+")
LEAST_WIDTH = 50
"""Lines of a text whose longest has fewer letters than this are of any length."""

HALF = 0.6
"""After a line that fills less of the width than this, a capital begins a new block."""

FULL = 0.75
"""The same after a line that closes a sentence: the next word would have found room."""


@dataclass(frozen=True)
class TextStyle:
    """How a text is written.

    `marked_up`: it has headings or directives of a markup. `wrapped`: a paragraph goes over
    several lines. `has_marks`: signs such as * stand for type. In plain text they are the text.
    `width`: of its longest line, in letters.
    """

    marked_up: bool
    wrapped: bool
    has_marks: bool
    width: int = 0


@dataclass
class _Chunk:
    """The lines of the block that is being read. `cut`: a line next to it is no part of it."""

    lines: list[str] = field(default_factory=list)
    block: Block = field(default_factory=lambda: Block("paragraph", ""))
    indent: int = 0
    cut: bool = False


@dataclass
class TextParagraphs:
    lines: TextLines
    style: TextStyle
    lists: TextLists = field(default_factory=TextLists)
    chunk: _Chunk = field(default_factory=_Chunk)
    has_words: bool = False

    @property
    def is_open(self) -> bool:
        return bool(self.chunk.lines)

    def add(self, line: str) -> Iterator[Block]:
        """The block that the line closes, if it begins another."""
        raw = line.lstrip()
        if self.style.has_marks and raw.startswith(">"):
            raw = raw.lstrip("> ")
        marker, rest = (COUNTED, AUTO.sub("", raw)) if AUTO.match(raw) else split_marker(raw)
        if self.style.has_marks and is_bullet(marker):
            rest = TASK.sub("", rest)
        if marker and self._may_begin(marker):
            yield from self.closed()
            self.begin(indent_of(line), marker, rest)
        elif not self.is_open:
            self.begin(indent_of(line), "", raw)
        elif not self.style.wrapped or self._is_bold_line():
            yield from self.closed()
            self.begin(indent_of(line), "", raw)
        elif self._has_ended_above(line):
            self.chunk.cut = True
            yield from self.closed()
            self.begin(indent_of(line), "", raw)
            self.chunk.cut = True
        else:
            self.chunk.lines.append(line)

    def begin(self, indent: int, marker: str, words: str) -> None:
        self.chunk = _Chunk([words] if words else [], self.lists.block(indent, marker), indent)
        if marker and not words:
            self.chunk.lines = [""]

    def closed(self) -> Iterator[Block]:
        """The block that is open, which then no longer is; two where it defines a term."""
        chunk, self.chunk = self.chunk, _Chunk()
        if not chunk.lines:
            return
        if self._defines(chunk):
            yield Block("lead", plain(chunk.lines[0]))
            yield Block("item", plain(" ".join(chunk.lines[1:])), depth=0)
            return
        if not self.style.has_marks:
            raw = joined(chunk.lines)
            block = replace(chunk.block, text=raw)
        else:
            raw = joined(line.strip().lstrip("> ") for line in chunk.lines)
            block = replace(chunk.block, text=plain(raw), only_links=is_only_links(raw))
        if block.text or block.marker:
            headed = self._headed(block, chunk, raw)
            self.has_words = self.has_words or headed.kind != "heading"
            yield headed

    def heading(self, raw: str, level: int) -> Block:
        """A heading that its markup shows. No list goes on below it."""
        self.lists.end()
        return Block("heading", plain(raw), level, only_links=is_only_links(raw))

    def table(self, rows: Iterable[Row]) -> Iterator[Block]:
        """A table. No list goes on below it."""
        self.lists.end()
        yield from table_blocks(list(rows))

    def _is_bold_line(self) -> bool:
        return self.style.marked_up and is_all_bold(" ".join(self.chunk.lines))

    def _has_ended_above(self, line: str) -> bool:
        """Whether the line above leaves so much room that it closes its block."""
        above = self.chunk.lines[-1]
        if has_leaders(above.strip()) or (self._is_first() and heads_furniture(above.strip())):
            return True
        inside = indent_of(line) > self.chunk.indent and bool(self.chunk.block.marker)
        return self._leaves_room() and not inside and line.lstrip()[:1].isupper()

    def _is_first(self) -> bool:
        return len(self.chunk.lines) == 1 and not self.chunk.block.marker

    def _may_begin(self, marker: str) -> bool:
        """A wrapped line can open with a number by chance: "see Section / 4.2 below"."""
        before = self.chunk.block.marker
        if marker == COUNTED or is_bullet(marker) or not self.is_open or is_bullet(before):
            return True
        if self.chunk.lines[-1].endswith(CLOSES) or self._leaves_room():
            return True
        return bool(before and comes_after(before, marker))

    def _leaves_room(self) -> bool:
        """Whether the line above is so short that it ends what it stands in."""
        measured = not self.style.has_marks and self.style.width >= LEAST_WIDTH
        above = self.lines.above(1)
        share = FULL if above.endswith(CLOSES) else HALF
        return measured and bool(above.strip()) and len(above) < share * self.style.width

    def _defines(self, chunk: _Chunk) -> bool:
        """A term, and what it means on lines that stand further in."""
        if chunk.block.kind != "paragraph" or chunk.block.marker or len(chunk.lines) < 2:
            return False
        further = all(indent_of(line) > chunk.indent for line in chunk.lines[1:])
        return further and self.style.marked_up and not chunk.lines[0].endswith(CLOSES)

    def _headed(self, block: Block, chunk: _Chunk, raw: str) -> Block:
        """A short line that stands alone is a heading: in bold, or in a text without markup.

        Above the first words a short line is one also right above another, as on a cover.
        """
        short = len(chunk.lines) == 1 and block.words <= HEADING_WORDS
        if not short or block.text.endswith(NO_HEADING_CLOSES) or (chunk.cut and self.has_words):
            return block
        if self.style.marked_up:
            return block.run_in() if block.kind == "paragraph" and is_all_bold(raw) else block
        capital = block.text[:1].isupper() and not is_bullet(block.marker)
        if not capital or not self._stands_alone(block) or chunk.indent:
            return block
        number = number_of(block.marker)
        level = 2 + number.count(".") if number else 3 if block.text.isupper() else 4
        return replace(block, kind="heading", level=level, depth=0)

    def _stands_alone(self, block: Block) -> bool:
        """Whether what comes next is no further entry of one list."""
        following = self.lines.next_words()
        if not following or not self._between_blanks():
            return False
        marker = split_marker(following.strip())[0]
        return not block.marker or shape(marker) != shape(block.marker)

    def _between_blanks(self) -> bool:
        """Of a line that has just been read."""
        around = (self.lines.above(2), self.lines.here)
        return not self.style.wrapped or not all(line.strip() for line in around)

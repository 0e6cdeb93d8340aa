"""Reads text into blocks: plain, in Markdown, or in reStructuredText, or in what lies between."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from knowledge.importing.block import RUN_IN_HEADING, Block, Draft, one_line
from knowledge.importing.encoding import text_of
from knowledge.importing.furniture import CONTENTS
from knowledge.importing.inline_markup import is_all_bold, is_only_links, plain
from knowledge.importing.markers import (
    comes_after,
    is_bullet,
    number_of,
    numbers_a_paragraph,
    split_marker,
)
from knowledge.importing.source import SourceFile
from knowledge.importing.table import Row, table_blocks

SETTINGS = "settings of the page, not its text"
CODE = "program code, or a drawing as code"
FOOTNOTE = "a footnote"
REMARKED = "a remark that the page does not show"
FOOTNOTE_WORDS = 12
HEADING_WORDS = 12
LONG_LINE = 160
"""A text without markup that has a line as long as this keeps every paragraph on one line."""

ATX = re.compile(r" {0,3}(#{1,6})\s+(.*)$")
ADORNMENT = re.compile(r"([=\-~^\"'`*+#:.])\1{2,}$")
RULE = re.compile(r" {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})$")
FENCE = re.compile(r"\s*(```|~~~)")
ADMONITION = re.compile(r"\s*:::+[\w -]*(?:\[.*\])?$")
SETTING = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*))?$")
FIELD = re.compile(r":([A-Za-z][\w -]*):(?:\s+(.*))?$")
DIRECTIVE = re.compile(r"(\s*)\.\.\s+([\w-]+)::\s*(.*)$")
RST_NOTE = re.compile(r"\s*\.\. \[[^\]]+\]\s*(.*)$")
MD_NOTE = re.compile(r"\[\^[^\]]+\]:\s*(.*)$")
REMARK = re.compile(r"\s*\.\.(?:\s|$)|\[[^\]^]+\]:\s+\S+")
COMMENT = re.compile(r"\s*<!--")
GRID = re.compile(r"\s*\+(?:[-=]+\+)+\s*$")
DELIMITER = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?")
AUTO = re.compile(r"#\.\s+")
LEVELS = {"=": 1, "-": 2}
_WITH_WORDS = """
container note warning important attention caution danger hint tip admonition epigraph topic
sidebar rubric compound pull-quote highlights
"""
WITH_WORDS = frozenset(_WITH_WORDS.split())
WITH_TITLE = frozenset(("admonition", "topic", "sidebar", "rubric"))
ENDS = (".", ":", ";", "?", "!", ",", ")", "”", '"')
_AUTHORS = """
author authors speaker speakers host hosts signed-by signed-by-name by
"""
AUTHORS = frozenset(_AUTHORS.split())
FRONT_MATTER_LINES = 60
PLAIN_ENDINGS = frozenset((".txt", ".text"))


def read_plain_text(source: SourceFile) -> Draft:
    """Raises ImportRefused where the letters cannot be read."""
    lines = [line.expandtabs(4).rstrip() for line in text_of(source).splitlines()]
    marked_up = _has_markup(lines)
    wrapped = marked_up or max(map(len, lines), default=0) < LONG_LINE
    has_marks = marked_up or source.ending not in PLAIN_ENDINGS
    reader = _TextReader(lines, marked_up, wrapped, has_marks)
    blocks = tuple(reader.blocks())
    return Draft(blocks, reader.title, tuple(reader.people))


def _has_markup(lines: list[str]) -> bool:
    return any(ATX.match(line) or DIRECTIVE.match(line) for line in lines) or any(
        ADORNMENT.fullmatch(line) and above.strip() and len(line) >= len(above)
        for above, line in itertools.pairwise(lines)
    )


@dataclass
class _Chunk:
    """The lines of the block that is being read."""

    lines: list[str] = field(default_factory=list)
    block: Block = field(default_factory=lambda: Block("paragraph", ""))
    indent: int = 0


@dataclass
class _TextReader:
    """`has_marks`: whether signs such as * stand for type. In plain text they are the text."""

    lines: list[str]
    marked_up: bool
    wrapped: bool
    has_marks: bool
    at: int = 0
    title: str | None = None
    people: list[str] = field(default_factory=list)
    chunk: _Chunk = field(default_factory=_Chunk)
    indents: list[int] = field(default_factory=list)
    contents: dict[int, int] = field(default_factory=dict)
    counts: dict[int, tuple[str, int]] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=lambda: dict(LEVELS))

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                yield from self._flushed()
                self.at += 1
            elif (special := self._special(line)) is not None:
                yield from self._flushed()
                yield from special
            else:
                yield from self._words(line)
                self.at += 1
        yield from self._flushed()

    def _special(self, line: str) -> Iterator[Block] | None:
        """What is not simply words: the reader of it, or None."""
        adorned = self._adorned()
        if adorned is not None:
            return iter((adorned,))
        if self._opens_settings(line):
            return self._settings()
        if FENCE.match(line):
            return self._code(line)
        if ATX.match(line) and self.marked_up:
            return self._atx(line)
        if "|" in line and self._opens_table():
            return self._table()
        if GRID.match(line):
            return self._grid()
        if found := DIRECTIVE.match(line):
            return self._directive(found)
        if found := RST_NOTE.match(line) or MD_NOTE.match(line):
            return self._note(found[1])
        if (found := FIELD.match(line)) and not self.chunk.lines:
            return self._field(found)
        if COMMENT.match(line):
            return self._comment()
        if REMARK.match(line) or ADMONITION.match(line):
            return self._skipped()
        if RULE.match(line) and not self.chunk.lines:
            return self._skipped()
        return None

    def _skipped(self) -> Iterator[Block]:
        self.at += 1
        yield from ()

    def _adorned(self) -> Block | None:
        """A heading with a line of signs below it, or above and below it."""
        here = self.at
        over = ADORNMENT.fullmatch(self._line(here)) is not None
        if over and self._line(here + 2) == self._line(here) and self._line(here + 1).strip():
            sign, text = f"over{self._line(here)[0]}", self._line(here + 1)
            self.at += 3
            level = 1 if not self.levels.keys() & {sign} and sign == "over=" else self._level(sign)
            return self._heading(text, level)
        below = self._line(here + 1)
        if self._line(here + 3) == below and self._line(here + 2).strip():
            return None
        if self.chunk.lines or not ADORNMENT.fullmatch(below) or not self._line(here).strip():
            return None
        if over or len(below) < min(len(self._line(here).strip()), 4) or self._is_item(here):
            return None
        self.at += 2
        return self._heading(self._line(here), self._level(below[0]))

    def _is_item(self, at: int) -> bool:
        return is_bullet(split_marker(self._line(at).strip())[0])

    def _level(self, sign: str) -> int:
        """Signs stand for levels in the order in which they come."""
        return self.levels.setdefault(sign, max(self.levels.values()) + 1)

    def _atx(self, line: str) -> Iterator[Block]:
        self.at += 1
        if found := ATX.match(line):
            yield self._heading(_unclosed(found[2]), len(found[1]))

    def _heading(self, raw: str, level: int) -> Block:
        self._end_lists()
        return Block("heading", plain(raw), level, only_links=is_only_links(raw))

    def _opens_settings(self, line: str) -> bool:
        """Settings between two lines of "---", as site builders have them."""
        if line != "---" or self.chunk.lines or not SETTING.match(self._line(self.at + 1)):
            return False
        return "---" in self.lines[self.at + 1 : self.at + FRONT_MATTER_LINES]

    def _settings(self) -> Iterator[Block]:
        end = self.lines.index("---", self.at + 1)
        settings, self.at = self.lines[self.at + 1 : end], end + 1
        self._end_lists()
        for line in settings:
            found = SETTING.match(line.strip())
            value = one_line((found[2] or "") if found else "").strip("\"'")
            if found and found[1].lower() == "title" and value and not line.startswith(" "):
                yield Block("heading", value, 1)
            elif line.strip():
                self._note_people(found[1] if found else "", value)
                yield Block("paragraph", one_line(line), why=SETTINGS)

    def _note_people(self, name: str, value: str) -> None:
        if name.lower() in AUTHORS:
            self.people.append(value)

    def _field(self, found: re.Match[str]) -> Iterator[Block]:
        self.at += 1
        value = plain(found[2] or "")
        if found[1].lower() == "title" and value:
            yield Block("heading", value, 1)
            return
        self._note_people(found[1], value)
        yield Block("paragraph", one_line(found[0]), why=SETTINGS)

    def _code(self, line: str) -> Iterator[Block]:
        fence = line.strip()[:3]
        yield Block("paragraph", one_line(line), why=CODE)
        self.at += 1
        while self.at < len(self.lines):
            inside = one_line(self._line(self.at))
            self.at += 1
            if inside:
                yield Block("paragraph", inside, why=CODE)
            if inside.startswith(fence):
                return

    def _directive(self, found: re.Match[str]) -> Iterator[Block]:
        """What holds words is read on; of the others, what they say is not for quoting."""
        self.at += 1
        indent, name = len(found[1]), found[2].lower()
        self._end_lists()
        if name in WITH_WORDS:
            yield from self._opening(name, found[3])
            return
        why = CONTENTS if name in ("contents", "toctree") else SETTINGS
        yield Block("paragraph", one_line(found[0]), why=why)
        while self.at < len(self.lines):
            line = self._line(self.at)
            if line.strip() and _indent(line) <= indent:
                return
            self.at += 1
            if line.strip():
                yield Block("paragraph", one_line(line), why=why)

    def _opening(self, name: str, words: str) -> Iterator[Block]:
        """What stands on the line of a directive that holds words: its title, or the first."""
        while re.match(r"\s+:\w[\w-]*:", self._line(self.at)):
            self.at += 1
        if words and name in WITH_TITLE:
            yield Block("heading", plain(words), RUN_IN_HEADING)
        elif words and name != "container":
            self._begin("", "", words)
            self.chunk.indent = _indent(self._line(self.at))

    def _comment(self) -> Iterator[Block]:
        """What a page does not show, on however many lines."""
        while self.at < len(self.lines):
            line = self._line(self.at)
            self.at += 1
            if line.strip():
                yield Block("paragraph", one_line(line), why=REMARKED)
            if "-->" in line:
                return

    def _note(self, opening: str) -> Iterator[Block]:
        parts = [opening]
        self.at += 1
        while self._line(self.at).startswith(" ") and self._line(self.at).strip():
            parts.append(self._line(self.at))
            self.at += 1
        raw = one_line(" ".join(parts))
        short = len(raw.split()) <= FOOTNOTE_WORDS
        yield Block("paragraph", plain(raw), why=FOOTNOTE if short else None)

    def _opens_table(self) -> bool:
        return DELIMITER.fullmatch(self._line(self.at + 1).strip()) is not None

    def _table(self) -> Iterator[Block]:
        rows = [Row(_cells(self._line(self.at)), heads=True)]
        self.at += 2
        while "|" in self._line(self.at):
            rows.append(Row(_cells(self._line(self.at))))
            self.at += 1
        self._end_lists()
        yield from table_blocks(rows)

    def _grid(self) -> Iterator[Block]:
        """A table drawn with +---+. A line of "=" closes its head."""
        rows: list[Row] = []
        parts: list[list[str]] = []
        while GRID.match(self._line(self.at)) or "|" in self._line(self.at):
            line = self._line(self.at).strip()
            self.at += 1
            if GRID.match(line):
                rows += _grid_row(parts, heads="=" in line)
                parts = []
            else:
                parts.append([cell.strip() for cell in line.strip("|").split("|")])
        rows += _grid_row(parts, heads=False)
        self._end_lists()
        yield from table_blocks(rows)

    def _words(self, line: str) -> Iterator[Block]:
        raw = line.lstrip()
        if self.has_marks and raw.startswith(">"):
            raw = raw.lstrip("> ")
        marker, rest = ("#.", AUTO.sub("", raw)) if AUTO.match(raw) else split_marker(raw)
        if marker and self._may_begin(marker):
            yield from self._flushed()
            self._begin(line, marker, rest)
        elif not self.chunk.lines:
            self._begin(line, "", raw)
        elif not self.wrapped or self._is_bold_line():
            yield from self._flushed()
            self._begin(line, "", raw)
        else:
            self.chunk.lines.append(line)

    def _is_bold_line(self) -> bool:
        return self.marked_up and is_all_bold(" ".join(self.chunk.lines))

    def _may_begin(self, marker: str) -> bool:
        """A wrapped line can open with a number by chance: "see Section / 4.2 below"."""
        before = self.chunk.block.marker
        if marker == "#." or is_bullet(marker) or not self.chunk.lines or is_bullet(before):
            return True
        return self.chunk.lines[-1].endswith(ENDS) or bool(before and comes_after(before, marker))

    def _begin(self, line: str, marker: str, rest: str) -> None:
        indent = _indent(line)
        if marker and not numbers_a_paragraph(marker):
            depth = self._depth(indent)
            shown = self._counted(depth, marker)
            self.contents[depth] = indent + len(marker) + 1
            block = Block("item", "", depth=depth, marker=shown)
        elif self.contents and indent >= min(self.contents.values()):
            depth = max(d for d, content in self.contents.items() if content <= indent)
            block = Block("item", "", depth=depth, marker=marker)
        else:
            self._end_lists()
            block = Block("paragraph", "", marker=marker)
        self.chunk = _Chunk([rest] if rest else [], block, indent)
        if marker and not rest:
            self.chunk.lines = [""]

    def _depth(self, indent: int) -> int:
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1]:
            self.indents.append(indent)
        depth = len(self.indents) - 1
        self.counts = {d: count for d, count in self.counts.items() if d <= depth}
        self.contents = {d: content for d, content in self.contents.items() if d < depth}
        return depth

    def _counted(self, depth: int, marker: str) -> str:
        """Lists whose every item is "1.", or "#.", are counted as they are shown."""
        if is_bullet(marker):
            return "•" if marker in "*+-" else marker
        said, count = self.counts.get(depth, ("", 0))
        again = marker == "#." or marker == said
        count = count + 1 if again or not said else 1
        self.counts[depth] = (marker, count)
        return f"{count}." if marker == "#." or (again and marker == "1.") else marker

    def _end_lists(self) -> None:
        self.indents.clear()
        self.contents.clear()
        self.counts.clear()

    def _flushed(self) -> Iterator[Block]:
        chunk, self.chunk = self.chunk, _Chunk()
        if not chunk.lines:
            return
        if self._defines(chunk):
            yield Block("lead", plain(chunk.lines[0]))
            yield Block("item", plain(" ".join(chunk.lines[1:])), depth=0)
            return
        if not self.has_marks:
            raw = one_line(" ".join(chunk.lines))
            block = replace(chunk.block, text=raw)
        else:
            raw = one_line(" ".join(line.strip().lstrip("> ") for line in chunk.lines))
            block = replace(chunk.block, text=plain(raw), only_links=is_only_links(raw))
        if block.text or block.marker:
            yield self._headed(block, chunk, raw)

    def _defines(self, chunk: _Chunk) -> bool:
        """A term, and what it means on lines that stand further in."""
        if chunk.block.kind != "paragraph" or chunk.block.marker or len(chunk.lines) < 2:
            return False
        further = all(_indent(line) > chunk.indent for line in chunk.lines[1:])
        return further and self.marked_up and not chunk.lines[0].endswith(ENDS)

    def _headed(self, block: Block, chunk: _Chunk, raw: str) -> Block:
        """A short line that stands alone is a heading: in bold, or in a text without markup."""
        if len(chunk.lines) > 1 or block.words > HEADING_WORDS or block.text.endswith(ENDS[:-2]):
            return block
        if self.marked_up:
            bold = block.kind == "paragraph" and is_all_bold(raw)
            return replace(block, kind="heading", level=RUN_IN_HEADING) if bold else block
        capital = block.text[:1].isupper() and not is_bullet(block.marker)
        if not capital or not self._stands_alone(block) or chunk.indent:
            return block
        number = number_of(block.marker)
        level = 2 + number.count(".") if number else 3 if block.text.isupper() else 4
        return replace(block, kind="heading", level=level, depth=0)

    def _stands_alone(self, block: Block) -> bool:
        """Whether what comes next is no further entry of one list."""
        following = next((line for line in self.lines[self.at :] if line.strip()), "")
        if not following or not self._between_blanks():
            return False
        marker = split_marker(following.strip())[0]
        return not block.marker or _kind(marker) != _kind(block.marker)

    def _between_blanks(self) -> bool:
        above = self.at - 2
        return (
            not self.wrapped
            or above < 0
            or not self._line(above).strip()
            or not self._line(self.at).strip()
        )

    def _line(self, at: int) -> str:
        return self.lines[at] if at < len(self.lines) else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _unclosed(heading: str) -> str:
    """A heading without the signs that may close it: "Aims ##", but "Aims of C#"."""
    bare = heading.rstrip("#")
    return bare.rstrip() if bare != heading and (not bare or bare[-1].isspace()) else heading


def _cells(line: str) -> tuple[str, ...]:
    row = line.strip().removeprefix("|")
    row = row if row.endswith("\\|") else row.removesuffix("|")
    return tuple(plain(cell) for cell in re.split(r"(?<!\\)\|", row))


def _grid_row(parts: list[list[str]], heads: bool) -> list[Row]:
    """The lines of one row as a row; where one has more cells than another, none is lost."""
    cells = itertools.zip_longest(*parts, fillvalue="")
    return [Row(tuple(plain(" ".join(cell)) for cell in cells), heads)] if parts else []


def _kind(marker: str) -> str:
    """Markers of one list have one kind: "2.1" and "2.2", "(a)" and "(b)"."""
    return re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "1", marker))

"""Reads a PDF into blocks: lines to paragraphs, across columns and pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.importing.block import CLOSES_WORDS, Block, Draft, one_line
from knowledge.importing.furniture import PAGE, has_leaders
from knowledge.importing.indents import Indents
from knowledge.importing.markers import is_bullet, marks_an_item, split_marker
from knowledge.importing.pdf_lines import (
    Line,
    Page,
    TableOnPage,
    running_lines,
    without_figures,
    without_running,
)
from knowledge.importing.pdf_pages import pdf_contents
from knowledge.importing.source import SourceFile
from knowledge.importing.table import Row, table_blocks

LARGER = 1.12
"""A heading's size, in that of the text."""

HEADING_WORDS = 16
NEW_PARAGRAPH = 1.3
"""The distance of two lines, in that of lines of a paragraph, from which a new one begins."""

FULL = 0.85
"""A line that fills less of its column ends its paragraph."""

HALF = 0.6
"""After a line that fills less than this, a capital begins a new paragraph."""

INDENT = 4.0
SCANNED_WORDS = 5
UNREADABLE = re.compile(r"\(cid:\d+\)")
CLOSES = (".", ":", ";", "?", "!", "”", ")")
HYPHENATED = re.compile(r"([A-Za-z]+)-$")
COMPOUND = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)+")
PLAIN_WORD = re.compile(r"[A-Za-z]+")
_KEEPS_HYPHEN = """
non multi self co well inter semi re pre post anti cross long short full part high low one two
three four five six in on up follow step half mid ex all by e day face decision age child
trauma evidence peer sub over under out extra pro
"""
KEEPS_HYPHEN = frozenset(_KEEPS_HYPHEN.split())


def read_pdf(source: SourceFile, progress: Callable[[int, int], None]) -> Draft:
    """Raises ImportRefused for a PDF that is protected, too long, or holds pictures of text."""
    contents = pdf_contents(source, progress)
    _check_words(source, contents.pages)
    running = running_lines(contents.pages)
    out: dict[str, str] = {}
    bare: list[Page] = []
    for page in contents.pages:
        page, edges = without_running(page, running)
        bare.append(page)
        if page.number <= 2:
            out = {without_figures(line.text): line.text for line in edges} | out
    furniture = [Block("paragraph", text, why=PAGE) for text in out.values()]
    blocks = (*_Builder(_Type.of(bare)).blocks(bare), *furniture)
    return Draft(blocks, one_line(contents.title) or None, (contents.author,))


def _check_words(source: SourceFile, pages: Sequence[Page]) -> None:
    words = " ".join(line.text for page in pages for line in page.lines)
    parts = [part for page in pages for part in page.parts]
    cells = sum(len(part.rows) for part in parts if isinstance(part, TableOnPage))
    if len(words.split()) + cells < SCANNED_WORDS * len(pages):
        raise source.refusal(
            "this PDF holds pictures of pages and no text, as a scanner makes it; ask for the"
            " document it was printed from, or have its text recognised (OCR) first"
        )
    if len(UNREADABLE.findall(words)) * 20 > len(words.split()):
        raise source.refusal(
            "the letters of this PDF cannot be told, because its fonts are not described in it; ask"
            " for the Word document, or have its text recognised (OCR)"
        )


@dataclass(frozen=True)
class _Type:
    """What the document's type says: the size and pitch of its text, and its heading styles."""

    size: float
    pitch: float
    levels: dict[tuple[float, bool], int]
    compounds: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, pages: Iterable[Page]) -> _Type:
        lines = [line for page in pages for line in page.lines]
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 11.0
        pitches = Counter(
            round(below.bottom - above.bottom, 1)
            for above, below in itertools.pairwise(lines)
            if above.page == below.page and size * 0.9 < below.bottom - above.bottom < size * 2.5
        )
        pitch = pitches.most_common(1)[0][0] if pitches else size * 1.2
        heading = {_style(line) for line in lines if _heads(line, size)}
        order = sorted(heading, key=lambda style: (-style[0], not style[1]))
        text = " ".join(line.text for line in lines)
        return cls(
            size=size,
            pitch=pitch,
            levels={style: level for level, style in enumerate(order, start=1)},
            compounds=frozenset(found.lower() for found in COMPOUND.findall(text)),
            words=frozenset(found.lower() for found in PLAIN_WORD.findall(text)),
        )

    def level(self, line: Line) -> int | None:
        return self.levels.get(_style(line)) if _heads(line, self.size) else None

    def joined(self, above: str, below: str) -> str:
        """Two lines as one; a word that was cut at the end of the first is whole again."""
        cut = HYPHENATED.search(above)
        if not cut or not below[:1].islower():
            return f"{above} {below}"
        rest = re.match(r"[a-z]+", below)
        tail = rest[0] if rest else ""
        compound, whole = f"{cut[1]}-{tail}".lower(), f"{cut[1]}{tail}".lower()
        keeps = cut[1].lower() in KEEPS_HYPHEN and whole not in self.words
        if compound in self.compounds or keeps:
            return above + below
        return above[:-1] + below


def _style(line: Line) -> tuple[float, bool]:
    return round(line.size), line.bold


def _heads(line: Line, size: float) -> bool:
    """Larger than the text, or in bold, short, and no sentence."""
    if len(line.text.split()) > HEADING_WORDS or has_leaders(line.text):
        return False
    marker, rest = split_marker(line.text)
    if is_bullet(marker) or not any(map(str.isalpha, rest)):
        return False
    large = line.size > size * LARGER
    return large or (line.bold and line.size > size * 0.95 and not rest.endswith(CLOSES_WORDS))


@dataclass
class _Open:
    """The block that lines are added to."""

    line: Line
    first: Line
    text: str
    marker: str
    level: int | None
    hangs: bool = False


@dataclass
class _Builder:
    type: _Type
    open: _Open | None = None
    lefts: Indents = field(default_factory=lambda: Indents(INDENT))
    rows: list[Row] = field(default_factory=list)
    led_in_from: float | None = None

    def blocks(self, pages: Iterable[Page]) -> Iterator[Block]:
        for page in pages:
            for part in page.parts:
                if isinstance(part, TableOnPage):
                    yield from self._closed()
                    self._add_rows(part)
                else:
                    yield from self._table_closed()
                    yield from self._add(part)
        yield from self._closed()
        yield from self._table_closed()

    def _add_rows(self, table: TableOnPage) -> None:
        """A table that goes on on the next page does not show its head again."""
        rows = [Row(tuple(self._cell(cell) for cell in row)) for row in table.rows]
        width = len(rows[0].cells)
        if self.rows and len(self.rows[0].cells) == width and rows[0] == self.rows[0]:
            rows = rows[1:]
        if self.rows and rows and not rows[0].cells[0] and len(self.rows[-1].cells) == width:
            pairs = zip(self.rows[-1].cells, rows[0].cells, strict=True)
            self.rows[-1] = Row(tuple(one_line(f"{above} {below}") for above, below in pairs))
            rows = rows[1:]
        self.rows += rows

    def _cell(self, text: str) -> str:
        lines = [one_line(line) for line in text.splitlines() if line.strip()]
        whole = lines[0] if lines else ""
        for line in lines[1:]:
            whole = self.type.joined(whole, line)
        return whole

    def _table_closed(self) -> Iterator[Block]:
        rows, self.rows = self.rows, []
        yield from table_blocks(rows)

    def _add(self, line: Line) -> Iterator[Block]:
        marker, rest = split_marker(line.text)
        if self.open is not None and self._goes_on(self.open, line, marker):
            self.open.text = self.type.joined(self.open.text, line.text)
            self.open.hangs = self.open.hangs or line.left > self.open.first.left + INDENT
            self.open.line = line
            return
        yield from self._closed()
        level = self.type.level(line)
        text = line.text if level is not None else rest
        self.open = _Open(line, line, text, "" if level is not None else marker, level)

    def _goes_on(self, open_: _Open, line: Line, marker: str) -> bool:
        above = open_.line
        if self.type.level(line) != open_.level or has_leaders(above.text):
            return False
        if line.page != above.page or line.top < above.top:
            return self._goes_on_over(open_, line, marker)
        distance = line.bottom - above.bottom
        usual = self.type.pitch if open_.level is None else line.size * 1.35
        if distance > usual * NEW_PARAGRAPH or is_bullet(marker):
            return False
        if open_.level is not None:
            return _style(line) == _style(above)
        if line.left < open_.first.left - INDENT:
            return False
        if _is_short(above, HALF) and line.text[:1].isupper():
            return False
        if open_.hangs and abs(line.left - open_.first.left) < INDENT:
            return False
        if marker:
            return not (_is_short(above) or above.text.endswith((*CLOSES, ",", " and", " or")))
        return not (_is_short(above) and above.text.endswith(CLOSES[:-1]))

    def _goes_on_over(self, open_: _Open, line: Line, marker: str) -> bool:
        """Whether a paragraph goes on at the head of the next column or page."""
        if marker or open_.level is not None:
            return False
        return line.text[:1].islower() or not open_.text.endswith(CLOSES)

    def _is_drawn_item(self, done: _Open) -> bool:
        """Whether it stands further in than what leads it in: its bullet is drawn, and no sign."""
        indent = _indent(done.first)
        inside = self.led_in_from is not None and indent > self.led_in_from + INDENT
        if done.level is not None or done.marker or not inside:
            leads = done.level is None and done.text.endswith(":")
            self.led_in_from = indent if leads else None
        return done.level is None and not done.marker and inside

    def _closed(self) -> Iterator[Block]:
        done, self.open = self.open, None
        if done is None:
            return
        if done.level is not None:
            self.lefts.clear()
            yield Block("heading", done.text, done.level)
        elif self._is_drawn_item(done):
            yield Block("item", done.text)
        elif marks_an_item(done.marker):
            depth = self.lefts.depth(done.first.left)
            yield Block("item", done.text, depth=depth, marker=done.marker)
        else:
            self.lefts.clear()
            yield Block("paragraph", done.text, marker=done.marker)


def _indent(line: Line) -> float:
    return line.left - line.column[0]


def _is_short(line: Line, share: float = FULL) -> bool:
    left, right = line.column
    return line.right < left + (right - left) * share

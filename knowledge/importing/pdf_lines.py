"""The lines of a PDF's pages in the order in which they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from statistics import median

from knowledge.importing.block import one_line

SAME_LINE = 0.5
"""Words whose tops differ by less than this share of their height stand on one line."""

SUPERSCRIPT = 0.75
"""Figures smaller than this share of the word before them are marks of footnotes."""

GUTTER = 12.0
COLUMN_SHARE = 0.25
EDGE_LINES = 3
EDGE_SHARE = 0.15
SAME_PLACE = 4.0
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"(?:page\s+)?[\divxl]+(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class PlacedWord:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Line:
    """`column` has the left and the right edge of the column that the line stands in."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int
    column: tuple[float, float]


@dataclass(frozen=True)
class TableOnPage:
    rows: tuple[tuple[str, ...], ...]
    left: float
    top: float
    bottom: float
    page: int


@dataclass(frozen=True)
class Page:
    number: int
    height: float
    parts: tuple[Line | TableOnPage, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(part for part in self.parts if isinstance(part, Line))


def page_of(
    number: int, height: float, words: Iterable[PlacedWord], tables: Sequence[TableOnPage]
) -> Page:
    """A page, its columns read one after the other."""
    parts: list[Line | TableOnPage] = []
    bands = _bands(sorted(words, key=lambda word: (word.top, word.left)), tables)
    for band in bands:
        parts += [band] if isinstance(band, TableOnPage) else _read(band, number)
    return Page(number, height, tuple(parts))


def _bands(
    words: Sequence[PlacedWord], tables: Iterable[TableOnPage]
) -> Iterator[TableOnPage | list[PlacedWord]]:
    """The words above, between and below the tables, and the tables."""
    rest = list(words)
    for table in sorted(tables, key=lambda table: table.top):
        above = [word for word in rest if word.top < table.top]
        rest = [word for word in rest if word.top >= table.top]
        if above:
            yield above
        yield table
    if rest:
        yield rest


def _read(words: list[PlacedWord], page: int) -> Iterator[Line]:
    """Lines across the page part it; between them the left column comes before the right."""
    rows = list(_rows(words))
    edges = (min(word.left for word in words), max(word.right for word in words))
    gutter = _gutter(rows, edges)
    if gutter is None:
        yield from _lines(words, page, edges)
        return
    for across, group in groupby(rows, key=lambda row: _crosses(row, gutter)):
        band = list(chain.from_iterable(group))
        if across:
            yield from _lines(band, page, edges)
            continue
        left = [word for word in band if word.right <= gutter]
        right = [word for word in band if word.right > gutter]
        yield from _lines(left, page, (edges[0], gutter))
        yield from _lines(right, page, (min((w.left for w in right), default=gutter), edges[1]))


def _gutter(rows: Sequence[list[PlacedWord]], edges: tuple[float, float]) -> float | None:
    """The middle of the empty stripe between two columns, where there is one."""
    left, right = edges
    gaps = Counter[int]()
    for row in rows:
        for before, after in pairwise(row):
            if after.left - before.right >= GUTTER:
                gaps.update(range(int(before.right) + 1, int(after.left)))
    inner = {x: n for x, n in gaps.items() if left + (right - left) * 0.3 < x < right * 0.75}
    if not inner:
        return None
    most = max(inner.values())
    stripe = [x for x, n in inner.items() if n == most]
    place = float(median(stripe))
    words = list(chain.from_iterable(rows))
    sides = (sum(w.right <= place for w in words), sum(w.left >= place for w in words))
    crossing = sum(_crosses(row, place) for row in rows)
    even = min(sides) >= COLUMN_SHARE * len(words)
    return place if most >= 6 and even and crossing <= len(rows) * 0.3 else None


def _crosses(row: Sequence[PlacedWord], place: float) -> bool:
    """Whether a word, or an ordinary space between two, lies across the place."""
    if any(word.left < place < word.right for word in row):
        return True
    pairs = pairwise(row)
    return any(a.right <= place <= b.left and b.left - a.right < GUTTER for a, b in pairs)


def _rows(words: Iterable[PlacedWord]) -> Iterator[list[PlacedWord]]:
    """Words that stand beside each other, from left to right. A raised one can come first."""
    row: list[PlacedWord] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.left)):
        height = max(row[0].size, word.size) if row else 0.0
        if row and word.bottom - row[0].bottom > SAME_LINE * height and not _small(word, row):
            yield sorted(row, key=lambda word: word.left)
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda word: word.left)


def _small(word: PlacedWord, row: Sequence[PlacedWord]) -> bool:
    return word.top < row[0].bottom - SAME_LINE * row[0].size and word.size < row[0].size


def _lines(words: Iterable[PlacedWord], page: int, column: tuple[float, float]) -> Iterator[Line]:
    for row in _rows(words):
        kept = [word for number, word in enumerate(row) if not _is_note_mark(word, row[:number])]
        if not kept:
            continue
        text = one_line("".join(_spaced(kept)))
        yield Line(
            text=text,
            left=kept[0].left,
            right=kept[-1].right,
            top=min(word.top for word in kept),
            bottom=max(word.bottom for word in kept),
            size=median(word.size for word in kept),
            bold=all(word.bold for word in kept if any(map(str.isalnum, word.text))),
            page=page,
            column=column,
        )


def _spaced(words: Sequence[PlacedWord]) -> Iterator[str]:
    """A word that only changes its type halfway has no space inside."""
    for number, word in enumerate(words):
        gap = word.left - words[number - 1].right if number else 0.0
        yield f" {word.text}" if gap > 0.12 * word.size else word.text


def _is_note_mark(word: PlacedWord, before: Sequence[PlacedWord]) -> bool:
    return (
        bool(before)
        and word.text.isdigit()
        and word.size < SUPERSCRIPT * before[-1].size
        and word.bottom < before[-1].bottom - 1
    )


def running_lines(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """What stands at the head or foot of several pages in one place: its words without figures."""
    places: dict[tuple[str, int], set[int]] = {}
    for page in pages:
        for line in _edges(page):
            places.setdefault(_key(line), set()).add(page.number)
    often = max(2, len(pages) // 10)
    return {key for key, numbers in places.items() if len(numbers) >= often}


def without_running(page: Page, running: set[tuple[str, int]]) -> tuple[Page, tuple[Line, ...]]:
    """The page without its head and foot, and these."""
    edges = _edges(page)
    out = [line for line in edges if _runs(line, running) or PAGE_NUMBER.fullmatch(line.text)]
    kept = tuple(part for part in page.parts if part not in out)
    return Page(page.number, page.height, kept), tuple(out)


def _edges(page: Page) -> tuple[Line, ...]:
    lines = sorted(page.lines, key=lambda line: line.top)
    near = [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]
    margin = EDGE_SHARE * page.height
    return tuple(
        line
        for line in dict.fromkeys(near)
        if line.bottom < margin or line.top > page.height - margin
    )


def _key(line: Line) -> tuple[str, int]:
    return without_figures(line.text), round(line.top / SAME_PLACE)


def without_figures(text: str) -> str:
    """The same on every page: "Page 3 of 12" as "Page # of #"."""
    return DIGITS.sub("#", text)


def _runs(line: Line, running: set[tuple[str, int]]) -> bool:
    words, place = _key(line)
    return any((words, place + step) in running for step in (-1, 0, 1))

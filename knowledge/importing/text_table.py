"""The rows of a table that a text draws with signs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from knowledge.importing.inline_markup import plain
from knowledge.importing.table import Row
from knowledge.importing.text_lines import TextLines

GRID = re.compile(r"\s*\+(?:[-=]+\+)+\s*$")
DELIMITER = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?")
UNESCAPED = re.compile(r"(?<!\\)\|")


def opens_pipe_table(lines: TextLines) -> bool:
    return "|" in lines.here and DELIMITER.fullmatch(lines.ahead(1).strip()) is not None


def pipe_rows(lines: TextLines) -> Iterator[Row]:
    """A row a line, its cells parted by "|"."""
    yield Row(_cells(lines.take()), heads=True)
    lines.at += 1
    while "|" in lines.here:
        yield Row(_cells(lines.take()))


def opens_grid(lines: TextLines) -> bool:
    return GRID.match(lines.here) is not None


def grid_rows(lines: TextLines) -> Iterator[Row]:
    """A table drawn with +---+. A line of "=" closes its head."""
    parts: list[list[str]] = []
    while opens_grid(lines) or "|" in lines.here:
        line = lines.take().strip()
        if GRID.match(line):
            yield from _grid_row(parts, heads="=" in line)
            parts = []
        else:
            parts.append([cell.strip() for cell in line.strip("|").split("|")])
    yield from _grid_row(parts, heads=False)


def _cells(line: str) -> tuple[str, ...]:
    row = line.strip().removeprefix("|")
    row = row if row.endswith("\\|") else row.removesuffix("|")
    return tuple(plain(cell) for cell in UNESCAPED.split(row))


def _grid_row(parts: list[list[str]], heads: bool) -> Iterator[Row]:
    """The lines of one row as a row; where one has more cells than another, none is lost."""
    if parts:
        cells = itertools.zip_longest(*parts, fillvalue="")
        yield Row(tuple(plain(" ".join(cell)) for cell in cells), heads)

"""A table as blocks: its rows, one a line, and the row that heads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.importing.block import TABLE_HEADING, Block, one_line

BETWEEN = " | "
HEAD_WORDS = 10
MOST_OF_A_PAIR = 20
"""Words of a row that says who made a document, or when: as many as a line of its cover has."""
MOST_SPANNED = 50
"""Columns or rows that one cell may be said to go over."""

CONTROL = re.compile(
    r"(?:version|author|owner|approved|ratified|agreed|review|date|status|title|replaces|"
    r"document|lead|reference|issued|published|effective)\b",
    re.IGNORECASE,
)
ONLY_FIGURES = re.compile(r"[\d\s./:%£,()-]+")


@dataclass(frozen=True)
class Row:
    """`heads`: whether the document itself says that this row heads the table."""

    cells: tuple[str, ...]
    heads: bool = False

    @property
    def text(self) -> str:
        return BETWEEN.join(map(one_line, self.cells)).strip()

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell.strip())


def table_blocks(rows: Sequence[Row], why: str | None = None) -> Iterator[Block]:
    """The rows as blocks. A row with one filled cell of several is a heading in the table."""
    rows = [row for row in rows if row.filled]
    marked = any(row.heads for row in rows)
    for number, row in enumerate(rows):
        if row.heads or (number == 0 and not marked and _looks_like_head(rows)):
            yield Block("head", row.text, why=why)
        elif len(row.filled) == 1 < len(row.cells) and len(row.filled[0].split()) <= HEAD_WORDS:
            yield Block("heading", one_line(row.filled[0]), level=TABLE_HEADING, why=why)
        else:
            yield Block("row", row.text, why=why)


def _looks_like_head(rows: Sequence[Row]) -> bool:
    """Where nothing says so: short cells, all filled, none a figure, with rows below them."""
    first = rows[0]
    if len(rows) < 2 or len(first.cells) < 2 or len(first.filled) < len(first.cells):
        return False
    if any(len(cell.split()) > HEAD_WORDS or cell.endswith(".") for cell in first.cells):
        return False
    if any(ONLY_FIGURES.fullmatch(cell) for cell in first.cells):
        return False
    return len(first.cells) > 2 or not describes_the_document(rows)


def is_pair(block: Block) -> bool:
    """Whether it is a row of two short cells."""
    cells = block.text.split(BETWEEN)
    return block.kind == "row" and len(cells) == 2 and block.words <= MOST_OF_A_PAIR


def describes_the_document(rows: Sequence[Row] | Sequence[Block]) -> bool:
    """Two columns: what it is, and its value, such as version, author and review date."""
    return sum(bool(CONTROL.match(row.text)) for row in rows) * 2 >= len(rows) > 0

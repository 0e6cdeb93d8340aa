"""The rows of a table on a web page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.importing.html_text import text_in
from knowledge.importing.table import MOST_SPANNED, Row
from knowledge.importing.whole_number import whole_number

CELLS = ("td", "th")

Spanning = dict[int, tuple[int, str]]
"""By column: for how many more rows a cell goes on, and its words."""


def is_layout(table: Any) -> bool:
    """A table that only places other things: it holds tables, headings, or one cell a row."""
    if table.get("role") in ("presentation", "none") or table.xpath(".//table | .//h1 | .//h2"):
        return True
    rows = [len(row.xpath("./td | ./th")) for row in table.iter("tr")]
    return max(rows, default=0) < 2 and len(rows) < 2


def html_rows(table: Any) -> Iterator[Row]:
    """A cell that spans rows stands in each of them."""
    spanning: Spanning = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            yield _row(row, spanning)


def _row(row: Any, spanning: Spanning) -> Row:
    cells = [cell for cell in row if cell.tag in CELLS]
    texts: list[str] = []
    for cell in cells:
        _fill(texts, spanning)
        text = text_in(cell)
        rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
        if rows > 1:
            spanning[len(texts)] = (rows - 1, text)
        texts += [text, *[""] * (columns - 1)]
    _fill(texts, spanning)
    in_head = row.getparent().tag == "thead"
    heads = bool(cells) and (in_head or all(cell.tag == "th" for cell in cells))
    return Row(tuple(texts), heads)


def _fill(texts: list[str], spanning: Spanning) -> None:
    """Puts in the cells that go on from the rows above."""
    while len(texts) in spanning:
        column = len(texts)
        rows, text = spanning.pop(column)
        if rows > 1:
            spanning[column] = (rows - 1, text)
        texts.append(text)


def _span(cell: Any, name: str) -> int:
    return max(whole_number(cell.get(name), 1, MOST_SPANNED), 1)

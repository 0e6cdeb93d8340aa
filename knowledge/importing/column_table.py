"""Tables that a text draws with nothing but columns of spaces, or of tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.importing.block import Block, one_line
from knowledge.importing.captions import CAPTION
from knowledge.importing.furniture import has_leaders
from knowledge.importing.markers import split_marker
from knowledge.importing.table import Row
from knowledge.importing.text_lines import TextLines
from knowledge.importing.text_paragraphs import TextParagraphs

GAP = 2
"""So many blank places, one below the other in every line, part two columns."""

FIRST_GAP = 3
"""So many part the cells of a table's first line, which no other line bears out yet."""

WIDE = re.compile(r" {3,}")
RULER = re.compile(r"\s*(?:-{3,}|={3,})(?:\s+(?:-{3,}|={3,}))*\s*")
WHOLE_NUMBER = re.compile(r"\d{1,3}")
MOST_LINES = 200
MOST_WIDTH = 1000
TAB = 4

Group = list[str]
"""Lines with no blank one between them."""


@dataclass
class ColumnTables:
    lines: TextLines
    paragraphs: TextParagraphs

    def special(self, line: str) -> Iterator[Block] | None:
        """The rows of the table that the line begins, or None where it begins none."""
        if self.paragraphs.is_open or not _may_open(line):
            return None
        groups, count = self._groups()
        if sum(map(len, groups)) < 2:
            return None
        self.lines.at += count
        rows = _rows(groups, _columns(groups), self.paragraphs.style.wrapped)
        if rows is not None:
            return self.paragraphs.table(rows)
        self.paragraphs.lists.end()
        return iter((_as_drawn(groups),))

    def _groups(self) -> tuple[list[Group], int]:
        """The groups of lines that have columns in common, and how many lines they take up."""
        groups: list[Group] = []
        taken = ahead = 0
        while ahead < MOST_LINES:
            group = self._group_at(ahead)
            if not group or not _columns([*groups, group]) or not _fills(groups, group):
                break
            groups.append(group)
            ahead += len(group)
            taken = ahead
            while not self.lines.ahead(ahead).strip() and ahead - taken < 2:
                ahead += 1
        return groups, taken

    def _group_at(self, ahead: int) -> Group:
        group: Group = []
        while (line := self.lines.ahead(ahead + len(group))).strip() and len(group) < MOST_LINES:
            group.append(line)
        return group


def aligned(lines: Sequence[str]) -> list[str]:
    """The lines with spaces for tabs. Neighbouring lines that tabs part alike get columns."""
    made: list[str] = []
    for count, run in groupby(lines, key=_count_cells):
        same = list(run)
        if count < 2 or len(same) < 2:
            made += [line.expandtabs(TAB) for line in same]
            continue
        cells = [[cell.strip() for cell in line.split("\t")] for line in same]
        widths = [max(map(len, column)) + FIRST_GAP for column in zip(*cells, strict=True)]
        made += ["".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    return made


def _count_cells(line: str) -> int:
    """How many cells tabs part a line into, or 0 for one that they do not."""
    bare = line.strip()
    if "\t" not in bare or CAPTION.match(bare) or split_marker(bare.replace("\t", " "))[0]:
        return 0
    return line.count("\t") + 1


def _may_open(line: str) -> bool:
    """Whether it has cells, and is no numbered paragraph, heading or line of contents."""
    if RULER.fullmatch(line) and len(line.split()) > 1:
        return True
    if len(line) > MOST_WIDTH or CAPTION.match(line.strip()):
        return False
    cells = WIDE.split(line.strip())
    numbered = split_marker(line.strip())[0] or WHOLE_NUMBER.fullmatch(cells[0])
    return len(cells) > (2 if numbered else 1) and not has_leaders(line)


def _columns(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """From where to where each column goes, or nothing where there are not two."""
    lines = [line for group in groups for line in group if not RULER.fullmatch(line)]
    if not lines or max(map(len, lines)) > MOST_WIDTH or any(has_leaders(line) for line in lines):
        return []
    width = max(map(len, lines))
    blank = [all(line[at : at + 1] in ("", " ") for line in lines) for at in range(width)]
    least = GAP if len(lines) > 2 else FIRST_GAP
    starts = [min(at for at in range(width) if not blank[at])]
    for at in range(starts[0] + 1, width):
        gap = at - next((b + 1 for b in range(at - 1, -1, -1) if not blank[b]), 0)
        if not blank[at] and gap >= least:
            starts.append(at)
    ends = [*starts[1:], width]
    return list(zip(starts, ends, strict=True)) if len(starts) > 1 else []


def _fills(groups: Sequence[Group], group: Group) -> bool:
    """Whether the group is part of the table: it has all columns so far, and two in one line."""
    columns = _columns([*groups, group])
    if groups and len(columns) < len(_columns(groups)):
        return False
    opening = (groups or [group])[0][0]
    if len(list(filter(None, _cells(opening, columns)))) < len(WIDE.split(opening.strip())):
        return False
    return any(sum(map(bool, _cells(line, columns))) > 1 for line in group)


def _cells(line: str, columns: Sequence[tuple[int, int]]) -> list[str]:
    return [one_line(line[start:end]) for start, end in columns]


def _rows(
    groups: Sequence[Group], columns: Sequence[tuple[int, int]], wrapped: bool
) -> list[Row] | None:
    """The rows, or None where it cannot be told which lines are one row."""
    parted = len(groups) > 2
    rows: list[Row] = []
    for group in groups:
        below: list[list[str]] = []
        for line in group:
            if RULER.fullmatch(line):
                if below and not any(row.heads for row in rows):
                    rows += [Row(tuple(cells), heads=not rows) for cells in below]
                    below = []
                continue
            cells = _cells(line, columns)
            goes_on = _goes_on(cells, below[-1], parted) if below and wrapped else False
            if goes_on is None:
                return None
            if goes_on:
                pairs = zip(below[-1], cells, strict=True)
                below[-1] = [one_line(f"{above} {cell}") for above, cell in pairs]
            else:
                below.append(cells)
        rows += [Row(tuple(cells)) for cells in below]
    return rows


def _goes_on(cells: Sequence[str], above: Sequence[str], parted: bool) -> bool | None:
    """Whether a line goes on with the row above, or None where that cannot be told.

    `parted`: blank lines part the rows of this table.
    """
    if not cells[0]:
        return True
    filled = [cell for cell in cells if cell]
    small = [cell for cell, over in zip(cells, above, strict=True) if _is_smaller(cell, over)]
    if len(small) == len(filled):
        return True
    if len(filled) == len(cells) and not small:
        return None if parted else False
    return True if parted else None


def _is_smaller(cell: str, over: str) -> bool:
    """Whether it opens with a small letter, and the cell above with none."""
    return cell[:1].islower() and not over[:1].islower()


def _as_drawn(groups: Sequence[Group]) -> Block:
    """The table as it stands, each line one line."""
    lines = [line for group in groups for line in group]
    least = min(len(line) - len(line.lstrip()) for line in lines)
    return Block("row", "\n".join(line[least:] for line in lines))

from __future__ import annotations

from knowledge.importing.text_lines import TextLines
from knowledge.importing.text_table import grid_rows, opens_grid, opens_pipe_table, pipe_rows

PIPES = ["| Age | **Act** within |", "|-----|:------:|", "| 0-5 | at once |", "|| only \\| this |"]
GRID = ["+---+---+", "| a | b |", "+===+===+", "| c |", "| d | e |", "+---+---+"]


def test_a_row_of_pipes_is_a_line() -> None:
    lines = TextLines([*PIPES, "", "Listen."])
    assert opens_pipe_table(lines)
    assert [(row.cells, row.heads) for row in pipe_rows(lines)] == [
        (("Age", "Act within"), True),
        (("0-5", "at once"), False),
        (("", "only | this"), False),
    ]
    assert lines.at == len(PIPES)


def test_a_pipe_alone_opens_no_table() -> None:
    assert not opens_pipe_table(TextLines(["either | or", "Listen."]))


def test_a_row_of_a_grid_is_several_lines_and_loses_no_cell() -> None:
    lines = TextLines([*GRID, "Listen."])
    assert opens_grid(lines)
    assert [(row.cells, row.heads) for row in grid_rows(lines)] == [
        (("a", "b"), True),
        (("c d", "e"), False),
    ]
    assert lines.here == "Listen."


def test_a_grid_that_is_not_closed_keeps_its_last_row() -> None:
    lines = TextLines(GRID[:-1])
    assert [row.cells for row in grid_rows(lines)] == [("a", "b"), ("c d", "e")]

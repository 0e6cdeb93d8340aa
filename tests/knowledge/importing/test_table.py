from __future__ import annotations

from knowledge.importing.table import Row, table_blocks


def kinds(*rows: Row) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in table_blocks(rows)]


def test_a_row_that_the_document_calls_its_head() -> None:
    assert kinds(Row(("Who", "What"), heads=True), Row(("Police", "Secure the scene."))) == [
        ("head", "Who | What"),
        ("row", "Police | Secure the scene."),
    ]


def test_short_cells_over_rows_are_a_head() -> None:
    assert kinds(Row(("Level", "Sign", "Act")), Row(("1", "None", "Nothing")))[0][0] == "head"
    assert kinds(Row(("1", "2", "3")), Row(("1", "None", "Nothing")))[0][0] == "row"
    assert kinds(Row(("Level", "Sign", "Act")))[0][0] == "row"


def test_a_table_that_describes_the_document_has_no_head() -> None:
    rows = [Row(("Version", "4.1")), Row(("Author", "The board")), Row(("Status", "Agreed"))]
    assert {kind for kind, _ in kinds(*rows)} == {"row"}


def test_one_filled_cell_of_several_is_a_heading_and_an_empty_row_nothing() -> None:
    rows = [Row(("Universal", "")), Row(("", " ")), Row(("One", "Nothing"))]
    assert kinds(*rows) == [("heading", "Universal"), ("row", "One | Nothing")]


def test_a_reason_goes_to_every_row() -> None:
    assert {block.why for block in table_blocks([Row(("a", "b")), Row(("c", "d"))], "why")} == {
        "why"
    }

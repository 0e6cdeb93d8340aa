from __future__ import annotations

from pathlib import Path

from knowledge.importing import ImportedDocument
from tests.knowledge.importing.making import imported

HEAD = "What is known               First step                    Who\n"
BELOW = (
    "\n5.4  A second incident is always referred to the Front Door, even if no one was unwilling.\n"
)
PARTED = f"""{HEAD}
Two children, both          Handle it here; no referral   Lead
willing                     if it is their first

Child shown is under 13     Ring the police               Lead
"""
CLOSE = f"""{HEAD}Under 13                    Ring the police               Lead
                            within two hours
In care                     Tell the social worker        Carer
"""
UNCLEAR = f"""{HEAD}Two children                Handle it here                Lead
Both willing                No referral
In care                     Tell the social worker        Carer
"""


def read(folder: Path, table: str) -> ImportedDocument:
    return imported(folder, "online.txt", f"Table 1   First step\n\n{table}{BELOW}")


def test_wrapped_rows_that_blank_lines_part(tmp_path: Path) -> None:
    document = read(tmp_path, PARTED)
    assert [p.text for p in document.passages if p.kind == "row"] == [
        "Two children, both willing | Handle it here; no referral if it is their first | Lead",
        "Child shown is under 13 | Ring the police | Lead",
    ]
    assert document.passages[0].lead_in == "What is known | First step | Who"
    assert document.passages[0].heading == "Table 1 First step"
    assert document.passages[-1].number == "5.4"


def test_a_line_with_an_empty_first_cell_goes_on_with_the_row_above(tmp_path: Path) -> None:
    assert [p.text for p in read(tmp_path, CLOSE).passages][:2] == [
        "Under 13 | Ring the police within two hours | Lead",
        "In care | Tell the social worker | Carer",
    ]


def test_rows_that_cannot_be_told_apart_stay_as_drawn(tmp_path: Path) -> None:
    document = read(tmp_path, UNCLEAR)
    drawn = document.passages[0]
    assert drawn.text == UNCLEAR.rstrip()
    first, last = drawn.lines
    assert document.text.splitlines()[first - 1 : last] == drawn.text.splitlines()
    assert document.passages[1].lines == (last + 1, last + 1)


def test_a_line_of_signs_below_the_head(tmp_path: Path) -> None:
    ruled = "Age       Limit\n-----     -----\nUnder 8   1 hour\n8 to 11   2 hours\n"
    document = read(tmp_path, ruled)
    rows = [(p.text, p.lead_in) for p in document.passages if p.kind == "row"]
    assert rows == [("Under 8 | 1 hour", "Age | Limit"), ("8 to 11 | 2 hours", "Age | Limit")]


def test_columns_of_tabs(tmp_path: Path) -> None:
    tabbed = "When\tWho\tHow\nIn term\tThe lead\tBy telephone\nHolidays\tThe head\tBy letter\n"
    rows = [p.text for p in read(tmp_path, tabbed).passages if p.kind == "row"]
    assert rows == ["In term | The lead | By telephone", "Holidays | The head | By letter"]


def test_numbered_paragraphs_with_wide_gaps_are_no_table(tmp_path: Path) -> None:
    text = "1.1   Staff ring the lead and\n      wait.\n\n1.2   They stay\n      with the child.\n"
    found = imported(tmp_path, "policy.txt", text).passages
    assert [(p.number, p.text) for p in found] == [
        ("1.1", "Staff ring the lead and wait."),
        ("1.2", "They stay with the child."),
    ]

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importing.block import Block, Draft
from knowledge.importing.document import ImportedDocument
from knowledge.importing.outline import label_of, outlined
from knowledge.importing.source import ImportRefused, SourceFile

FILE = SourceFile(Path("folder/neglect.txt"), b"words")


def outline(*blocks: Block, title: str | None = None) -> ImportedDocument:
    return outlined(FILE, "text", Draft(blocks, title))


def paragraph(text: str) -> Block:
    return Block("paragraph", text)


def item(text: str, marker: str = "•", depth: int = 0) -> Block:
    return Block("item", text, marker=marker, depth=depth)


def test_the_title_is_the_highest_heading_then_what_the_file_says_then_its_name() -> None:
    words = paragraph("See the child alone.")
    headings = (Block("heading", "Aims", 2), Block("heading", "Neglect", 1))
    assert outline(*headings, words, title="Draft 3").title == "Neglect"
    assert outline(words, title="Draft 3").title == "Draft 3"
    assert outline(words).title == "neglect"


def test_a_path_leaves_out_the_one_title() -> None:
    blocks = (
        Block("heading", "Neglect", 1),
        Block("heading", "Aims", 2),
        Block("heading", "For children", 3),
        paragraph("See the child alone."),
    )
    assert outline(*blocks).passages[0].heading == "Aims > For children"
    assert outline(*blocks, Block("heading", "Records", 1)).passages[0].heading == (
        "Neglect > Aims > For children"
    )


def test_items_are_led_in_and_numbered_below_their_paragraph() -> None:
    found = outline(
        paragraph("4.2 Staff share what they know. They do not wait where:"),
        item("a child is in danger;", "(a)"),
        item("somebody says so:", "(b)"),
        item("the child;", "(i)", depth=1),
        paragraph("4.3 They record it."),
    ).passages
    assert [(p.reference, p.lead_in) for p in found] == [
        ("4.2", None),
        ("4.2 (a)", "They do not wait where:"),
        ("4.2 (b)", "They do not wait where:"),
        ("4.2 (b) (i)", "somebody says so:"),
        ("4.3", None),
    ]


def test_what_only_leads_in_is_not_quoted_alone() -> None:
    document = outline(paragraph("Staff must:"), item("listen;"), item("record."))
    assert [p.text for p in document.passages] == ["listen;", "record."]
    assert [(f.lines, f.why) for f in document.furniture] == [
        ((1, 1), "introduces what follows; shown with each part of it")
    ]


def test_a_number_that_stands_alone_goes_to_the_paragraph_below() -> None:
    document = outline(Block("paragraph", "", marker="2.2"), paragraph("Records are kept safe."))
    assert [(p.number, p.text) for p in document.passages] == [("2.2", "Records are kept safe.")]
    assert document.text == "2.2 Records are kept safe.\n"


def test_neighbouring_lines_with_one_reason_are_one() -> None:
    document = outline(
        paragraph("Tel: 01632 960123"), paragraph("Tel: 01632 960456"), paragraph("Listen to her.")
    )
    assert [f.lines for f in document.furniture] == [(1, 2)]


def test_a_heading_in_a_table_ends_with_it() -> None:
    found = outline(
        Block("heading", "Levels", 2),
        Block("heading", "Universal", 8),
        Block("row", "One | Nothing"),
        paragraph("Review the level each month."),
    ).passages
    assert [p.heading for p in found] == ["Levels > Universal", "Levels"]


def test_nothing_to_quote_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^folder/neglect\.txt: no paragraph to quote"):
        outline(Block("heading", "Neglect", 1))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Consent: ask first, unless that adds to the danger.", "Consent"),
        ("Ask first.", "Ask first"),
        ("one two three four five six seven eight nine, ten", "one two three four five six seven"),
    ],
)
def test_labels(text: str, label: str) -> None:
    assert label_of(text).startswith(label)


def test_a_passage_of_several_lines_moves_those_below_it() -> None:
    found = outline(Block("row", "Age    Limit\n8      1 hour"), paragraph("Stay.")).passages
    assert [p.lines for p in found] == [(1, 2), (3, 3)]

from __future__ import annotations

from pathlib import Path

from tests.knowledge.importing.making import imported, lines_of, numbered, paragraph, word_of

LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>'
    '<w:lvlText w:val="(%3)"/></w:lvl>'
)
RESTARTED = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{RESTARTED}</w:num>'
)
DELETED = "<w:del><w:r><w:delText>Tell nobody. </w:delText></w:r></w:del>"
INSERTED = "<w:ins><w:r><w:t>Tell your manager.</w:t></w:r></w:ins>"


def test_numbers_are_counted_as_word_counts(tmp_path: Path) -> None:
    body = "".join(
        (
            numbered("First part of the policy.", 0),
            numbered("A paragraph of it:", 1),
            numbered("an item;", 2),
            numbered("another item.", 2),
            numbered("The next paragraph.", 1),
            numbered("An item of its own.", 2),
            numbered("Second part of the policy.", 0),
            numbered("Its paragraph.", 1),
            numbered("A part that is counted from seven.", 0, number=2),
        )
    )
    document = imported(tmp_path, "policy.docx", word_of(body, NUMBERING))
    shown = [line.strip().split(" ")[0] for line in lines_of(document)]
    assert shown == ["1.", "1.1", "(i)", "(ii)", "1.2", "(i)", "2.", "2.1", "7."]
    items = {p.text: p for p in document.passages}
    assert (items["another item."].number, items["another item."].under) == ("(ii)", "1.1")
    assert items["another item."].lead_in == "A paragraph of it:"


def test_changes_are_read_as_accepted_and_hidden_words_left_out(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret.</w:t></w:r>"
    body = f"<w:p>{DELETED}{INSERTED}{hidden}</w:p>"
    assert lines_of(imported(tmp_path, "policy.docx", word_of(body))) == ["Tell your manager."]


def test_a_cell_that_spans_rows_stands_in_each(tmp_path: Path) -> None:
    def cell(text: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(text)}</w:tc>"

    def row(*cells: str, head: str = "") -> str:
        return f"<w:tr><w:trPr>{head}</w:trPr>{''.join(cells)}</w:tr>"

    table = (
        row(cell("Who"), cell("What"), head="<w:tblHeader/>")
        + row(cell("Police", '<w:vMerge w:val="restart"/>'), cell("Secures the scene."))
        + row(cell("", "<w:vMerge/>"), cell("Takes the statement."))
    )
    document = imported(tmp_path, "policy.docx", word_of(f"<w:tbl>{table}</w:tbl>"))
    assert [p.text for p in document.passages] == [
        "Police | Secures the scene.",
        "Police | Takes the statement.",
    ]
    assert {p.lead_in for p in document.passages} == {"Who | What"}


def test_a_short_line_in_bold_is_a_heading(tmp_path: Path) -> None:
    body = paragraph("Out of hours", run="<w:b/>") + paragraph("Ring the Emergency Duty Team.")
    document = imported(tmp_path, "policy.docx", word_of(body))
    assert [(p.text, p.lines) for p in document.passages] == [
        ("Ring the Emergency Duty Team.", (2, 2))
    ]
    assert document.title == "Out of hours"


def test_a_number_is_one_line_and_its_level_a_figure(tmp_path: Path) -> None:
    levels = LEVELS.replace('w:val="%1."', 'w:val="Part&#10;%1."')
    numbering = NUMBERING.replace(LEVELS, levels)
    odd = '<w:numPr><w:ilvl w:val="²"/><w:numId w:val="1"/></w:numPr>'
    document = imported(
        tmp_path, "policy.docx", word_of(paragraph("Listen to her.", odd), numbering)
    )
    assert lines_of(document) == ["  Part 1. Listen to her."]


def test_numbers_typed_by_hand_show_the_sections(tmp_path: Path) -> None:
    bold = "<w:b/>"
    body = paragraph("Dale Council", run=bold) + paragraph("Home alone", run=bold)
    body += paragraph("1 Visits", run=bold) + paragraph("1.1 Ring first.")
    body += paragraph("1.2 At night", run=bold) + paragraph("1.2.1 Go in pairs.")
    document = imported(tmp_path, "policy.docx", word_of(body))
    assert document.title == "Home alone"
    assert [(p.number, p.heading) for p in document.passages] == [
        ("1.1", "1 Visits"),
        ("1.2.1", "1 Visits > 1.2 At night"),
    ]

from __future__ import annotations

from pathlib import Path

from knowledge.importing import read_document
from tests.knowledge.importing.making import Text, imported, lines_of, pdf_of

LEFT = (
    "Good practitioners share what they",
    "know early. They do not wait for a",
    "crisis, and they write down what they",
    "were told, by whom and when, in the",
    "multi-agency record of the child that",
    "every one of them keeps up. Nobody is",
    "blam-",
    "ed for asking, or for using the multi-",
    "agency record.",
)
RIGHT = (
    "Every agency names a lead who can",
    "be reached by telephone. If nobody",
    "answers within an hour, the caller",
    "goes to the next person on the list.",
    "The list is checked every month by",
    "the business unit of the partnership,",
    "which is told of every change in it,",
    "and passes it on.",
)


def column(left: float, texts: tuple[str, ...]) -> list[Text]:
    return [(left, 700 - 14 * line, 11, "F1", text) for line, text in enumerate(texts)]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    title: Text = (50, 740, 18, "F2", "Sharing early")
    document = imported(
        tmp_path, "policy.pdf", pdf_of([[title, *column(50, LEFT), *column(320, RIGHT)]])
    )
    first, second = document.passages[0], document.passages[-1]
    assert document.title == "Sharing early"
    assert first.text.startswith("Good practitioners share what they know early.")
    assert second.text.startswith("Every agency names a lead who can be reached")
    assert "blamed for asking, or for using the multi-agency record." in document.text


def test_running_heads_are_left_out_and_paragraphs_go_on_over_pages(tmp_path: Path) -> None:
    def sheet(number: int, words: str) -> list[Text]:
        return [
            (50, 780, 9, "F1", "Marlshire Policy"),
            (50, 700, 11, "F1", words),
            (50, 30, 9, "F1", f"Page {number} of 2"),
        ]

    pages = [
        sheet(1, "A practitioner who is worried about a child speaks to the lead and"),
        sheet(2, "writes down what was said."),
    ]
    path = tmp_path / "policy.pdf"
    path.write_bytes(pdf_of(pages))
    heard: list[tuple[int, int]] = []
    document = read_document(path, lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
    assert lines_of(document) == [
        "A practitioner who is worried about a child speaks to the lead and writes down what was"
        " said.",
        "Marlshire Policy",
        "Page 1 of 2",
    ]
    assert [f.lines for f in document.furniture] == [(2, 3)]


def test_lines_that_stand_further_in_than_their_lead_in_are_items(tmp_path: Path) -> None:
    """Their bullets are drawn, as browsers do, and are no sign of the text."""
    words = [(50, 700, "The worker:"), (70, 680, "rings the team;"), (70, 660, "sends the plan.")]
    page: list[Text] = [(left, top, 10, "F1", text) for left, top, text in words]
    page.append((50, 630, 10, "F1", "Nobody leaves the child alone in the meantime."))
    found = imported(tmp_path, "drawn.pdf", pdf_of([page])).passages
    assert [(p.kind, p.lead_in) for p in found] == [
        ("item", "The worker:"),
        ("item", "The worker:"),
        ("paragraph", None),
    ]

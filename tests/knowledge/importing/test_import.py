"""What holds of every import, of every form."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bot.settings import HOME
from knowledge.importing import ImportedDocument, ProposedPassage, read_document
from knowledge.tuning.imports import IMPORTS

FILES = Path(__file__).parent / "files"
NAMES = sorted(path.name for path in FILES.iterdir())


@pytest.fixture(scope="module")
def documents() -> dict[str, ImportedDocument]:
    return {name: read_document(FILES / name) for name in NAMES}


@pytest.fixture(params=NAMES)
def document(
    request: pytest.FixtureRequest, documents: dict[str, ImportedDocument]
) -> ImportedDocument:
    return documents[request.param]


def passage(document: ImportedDocument, opening: str) -> ProposedPassage:
    return next(p for p in document.passages if p.text.startswith(opening))


def test_every_passage_is_verbatim_in_its_lines(document: ImportedDocument) -> None:
    lines = document.text.splitlines()
    for proposed in document.passages:
        first, last = proposed.lines
        assert proposed.text in "\n".join(lines[first - 1 : last])


def test_every_lead_in_is_verbatim(document: ImportedDocument) -> None:
    for proposed in document.passages:
        assert proposed.lead_in is None or proposed.lead_in in document.text


def test_every_line_has_one_use(document: ImportedDocument) -> None:
    uses = [p.lines for p in document.passages] + [f.lines for f in document.furniture]
    lines = [line for first, last in uses for line in range(first, last + 1)]
    left_out = set(lines)
    lines += [h.line for h in document.headings if h.line not in left_out]
    assert sorted(lines) == list(range(1, len(document.text.splitlines()) + 1))


def test_every_heading_path_is_made_of_headings(document: ImportedDocument) -> None:
    known = {heading.text for heading in document.headings}
    for proposed in document.passages:
        assert set((proposed.heading or "").split(" > ")) <= known | {""}


def test_numbers_stand_apart_from_the_text(document: ImportedDocument) -> None:
    numbered = [p for p in document.passages if p.number]
    assert len(numbered) > 30
    assert not any(p.text.startswith((f"{p.number} ", f"{p.number}.")) for p in numbered)


def test_the_hash_is_that_of_the_file(documents: dict[str, ImportedDocument]) -> None:
    for name, document in documents.items():
        assert document.sha256 == hashlib.sha256((FILES / name).read_bytes()).hexdigest()


def test_the_web_page(documents: dict[str, ImportedDocument]) -> None:
    document = documents["1-information-sharing-protocol.html"]
    assert document.title == "2.4 Information Sharing Protocol"
    nested = passage(document, "fabricated or induced illness")
    assert (nested.number, nested.under, nested.kind) == ("ii", "4.2 b", "item")
    assert nested.lead_in == passage(document, "lead to a risk of the loss of evidence").text
    row = passage(document, "MASH enquiry rated red")
    assert (row.text, row.lead_in) == (
        "MASH enquiry rated red | Within 4 hours",
        "Kind of request | Response",
    )
    assert row.heading == "8. Requests for Information and Response Times"
    assert {f.why for f in document.furniture} >= {"table of contents", "note on amendments"}
    scope = passage(document, "This protocol applies to every agency")
    assert scope.heading == "SCOPE OF THIS CHAPTER"


def test_the_word_document(documents: dict[str, ImportedDocument]) -> None:
    document = documents["2-bruising-non-mobile-infants.docx"]
    assert document.title == "Bruising and Injury in Non-Mobile Infants"
    item = passage(document, "asks who has cared")
    assert (item.number, item.under) == ("(c)", "3.2")
    assert item.lead_in == "In every other case the practitioner who sees the mark:"
    assert passage(document, "Blood count").lead_in == (
        "Investigation | Under 12 months | 12 months and over, not mobile"
    )
    assert not any(each.text.startswith("Version |") for each in document.passages)
    assert passage(document, "The partnership audits").number == "12.2"


def test_the_pdf(documents: dict[str, ImportedDocument]) -> None:
    document = documents["3-escalation.pdf"]
    assert document.title == "Escalation and Resolution of Professional Disagreement"
    across_pages = passage(document, "Outside office hours")
    assert "the director on call at stages three and four. The police" in across_pages.text
    assert passage(document, "Two |").text == (
        "Two | Line managers or safeguarding leads | 2 working days"
    )
    first = passage(document, "a referral was closed")
    assert (first.lead_in, first.under) == ("The commonest reasons in Marlshire are:", "3.1")
    assert first.text.endswith("the child is at risk of significant harm;")
    assert passage(document, "Stage one").label == "Stage one"
    assert "Page 3" not in document.text


def test_a_printed_text_has_its_sections_and_not_its_page_heads() -> None:
    document = read_document(HOME / IMPORTS / "d1-d3" / "online-harm.txt")
    assert document.title == "Harm online and the sharing of images"
    assert [h.text for h in document.headings if h.level == 2][:2] == ["1 Scope", "2 Words used"]
    assert not any("Page" in heading.text for heading in document.headings)
    inner = passage(document, "who is in the image")
    assert (inner.heading, inner.lead_in) == ("4 The first hour", "asks three things only:")
    row = passage(document, "Image sent round")
    assert row.text.startswith("Image sent round other children without agreement | Refer to")

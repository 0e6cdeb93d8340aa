from __future__ import annotations

from datetime import date

import pytest

from bot.content.replies import read_document_wording
from bot.messages import AnswerMessage, TextMessage
from bot.rendering.documents import DocumentRenderer
from bot.understanding.documents import KINDS, DocumentKind, DocumentReader
from bot.understanding.shown import Shown
from tests.shipped import DATA, DOCUMENTS, LIBRARY, NAMES, PHRASES, PLAIN_TEXT, RELATIONS, undated

WORDING = read_document_wording(DATA / "documents.yaml")
RENDERER = DocumentRenderer(LIBRARY, WORDING, PHRASES.undated, PLAIN_TEXT)
TODAY = date(2026, 11, 29)
SHOWN = Shown("privacy", ("000.p6",))


def said(kind: DocumentKind, text: str = "", shown: Shown = SHOWN) -> str:
    return RENDERER.message(DOCUMENTS.read(kind, text, shown, named=NAMES(text)), TODAY).text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shown", [SHOWN, Shown(), Shown("", ("002.NF.b1",))])
def test_every_kind_has_words_and_every_blank_is_filled(kind: DocumentKind, shown: Shown) -> None:
    text = said(kind, "number two", shown)
    assert text
    assert "{" not in text


def test_text_of_a_source_is_an_answer_with_its_quotation() -> None:
    message = RENDERER.message(DOCUMENTS.read("next", "", SHOWN), TODAY)
    assert isinstance(message, AnswerMessage)
    assert message.lead == "Number 7 of 15:"
    assert [quote.passage_id for quote in message.quotes] == ["000.p7"]
    assert message.quotes[0].text in message.text


def test_words_about_a_document_are_text() -> None:
    assert isinstance(RENDERER.message(DOCUMENTS.read("newest", "", SHOWN), TODAY), TextMessage)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("newest", "", ["Safeguarding Partnership Principles", "February 2024"]),
        ("oldest", "", ["1995"]),
        ("list", "", ["I quote 5 documents", "Knowsley", "Solihull", "Lincolnshire"]),
        ("publisher", "", ["Department of Health", "#6"]),
        ("date", "", ["about 31 years old"]),
        ("date", "the Knowsley one", ["about 10 years old", "December 2016"]),
        ("areas", "", ["3 of the 5", "Area: Knowsley", "It names no area"]),
        ("principles", "", ["15 points after “Fifteen essential principles"]),
        ("headings", "in Lincolnshire", ["Children First", "A Learning Organisation"]),
        ("law", "", ["None of the documents is a law", "usually not the right basis"]),
        ("missing", "", ["stops in the middle of a sentence", "lines 1 to 26"]),
        ("differences", "", ["Lincolnshire starts at a concern"]),
        ("elsewhere", "", ["Nothing in the other documents"]),
        ("item", "number 40", ["There is no number 40", "It has 15"]),
    ],
)
def test_the_facts_are_told(kind: DocumentKind, text: str, words: list[str]) -> None:
    told = said(kind, text)
    for part in words:
        assert part in told


def of_undated(kind: DocumentKind, text: str, *ids: str) -> str:
    facts = DocumentReader(undated(*ids), RELATIONS).read(kind, text, SHOWN, named=NAMES(text))
    return RENDERER.message(facts, TODAY).text


@pytest.mark.parametrize("kind", ["newest", "oldest"])
def test_a_document_without_a_year_is_named_last_and_said_to_be_undated(kind: DocumentKind) -> None:
    first, heading, last = of_undated(kind, "", "000", "002").split("\n\n")
    assert LIBRARY.documents["001" if kind == "newest" else "004"].title in first
    assert heading == PHRASES.undated.documents
    assert [LIBRARY.documents[each].title in last for each in ("000", "002")] == [True, True]
    every = of_undated(kind, "", *LIBRARY.documents)
    assert every.startswith(PHRASES.undated.documents)


def test_the_age_of_a_document_without_a_year_is_not_made_up() -> None:
    assert "Its text is undated." in of_undated("date", "the Knowsley one", "003")
    both = of_undated("date", "Knowsley or Solihull", "003")
    assert "about 16 years old" in both
    assert both.split("\n\n")[-2] == PHRASES.undated.documents
    assert "Knowsley" in both.split("\n\n")[-1]

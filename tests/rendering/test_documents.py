from __future__ import annotations

from datetime import date

import pytest

from bot.content.replies import read_document_wording
from bot.messages import AnswerMessage, TextMessage
from bot.rendering.documents import DocumentRenderer
from bot.understanding.documents import KINDS, DocumentKind
from bot.understanding.shown import Shown
from tests.shipped import DATA, DOCUMENTS, LIBRARY, PLAIN_TEXT

RENDERER = DocumentRenderer(LIBRARY, read_document_wording(DATA / "documents.yaml"), PLAIN_TEXT)
TODAY = date(2026, 11, 29)
SHOWN = Shown("privacy", ("000.p6",))


def said(kind: DocumentKind, text: str = "", shown: Shown = SHOWN) -> str:
    return RENDERER.message(DOCUMENTS.read(kind, text, shown), TODAY).text


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

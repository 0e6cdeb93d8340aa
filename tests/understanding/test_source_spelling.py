"""Words that the sources may have spelt otherwise."""

from __future__ import annotations

import pytest

from bot.understanding.source_spelling import SourceSpelling
from knowledge.documents import Document
from tests.shipped import LIBRARY

SPELLING = SourceSpelling(LIBRARY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("safegaurding", "safeguarding"),
        ("recroding", "recording"),
        ("confidentialty", "confidentiality"),
        ("intepreter", "interpreters"),
        ("Supervison", "supervision"),
        ("chronolgy", "chronology"),
        ("Knowsely", "knowsley"),
    ],
)
def test_a_misspelt_word_is_read_as_one_of_the_sources(typed: str, meant: str) -> None:
    assert SPELLING(f"about {typed}?").instead == (meant,)
    assert SPELLING(f"about {typed}?").text == f"about {meant}?"


@pytest.mark.parametrize(
    "text",
    [
        "safeguarding",
        "recording",
        "interpreter",
        "pizza",
        "marac",
        "snapchat",
        "my friend's recordings",
        "§2.3.4",
        "[date of birth] [National Insurance number]",
        "café",
        "",
    ],
)
def test_words_of_the_sources_and_of_english_stay(text: str) -> None:
    assert SPELLING(text).instead == ()


def test_each_word_is_named_once_and_those_spelt_right_are_not() -> None:
    read = SPELLING("safegaurding recroding safegaurding consent")
    assert read.instead == ("safeguarding", "recording")
    assert read.text == "safeguarding recording safeguarding consent"


@pytest.mark.parametrize("document", LIBRARY.documents.values(), ids=lambda document: document.id)
def test_no_word_of_a_source_is_called_misspelt(document: Document) -> None:
    assert SPELLING(document.text).instead == ()
    assert SPELLING(f"{document.title} {document.publisher} {document.area}").instead == ()

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering import whose
from knowledge.corpus import sentences
from knowledge.library import Library

LIBRARY = Library.read()


@given(st.text())
def test_sentences_are_apart_and_inside(text: str) -> None:
    end = 0
    for start, stop in sentences(text):
        assert end <= start <= stop <= len(text)
        end = stop


def test_a_paragraph_is_marked_by_sentence() -> None:
    text = LIBRARY.passages["003.2.6.1"].text
    found = [text[start:end] for start, end in sentences(text)]
    assert found[-1].startswith("This is an essential source of evidence")


def test_the_lead_says_whose_text_and_how_old() -> None:
    line = whose([LIBRARY.documents["003"]], date(2026, 11, 22))
    assert "Knowsley Safeguarding Children Board" in line
    assert "December 2016" in line
    assert "10 years old" in line

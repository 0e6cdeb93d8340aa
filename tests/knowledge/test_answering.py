from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.sentences import sentences

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

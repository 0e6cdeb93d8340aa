"""The words searched for, marked in a passage that stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.marking import WordMarker
from knowledge.words import Words
from tests.shipped import LIBRARY

WORDS = Words.read()


def marked(searched: str, text: str) -> list[str]:
    return [words for words, is_marked in WordMarker(WORDS, searched)(text) if is_marked]


def test_whole_words_and_their_forms_are_marked() -> None:
    text = "Records are recorded. Recording a child’s records; wreckords. Mum's."
    assert marked("recording", text) == ["Records", "recorded", "Recording", "records"]
    assert marked("the children's child", "The child’s children, childish") == [
        "child’s",
        "children",
    ]


@pytest.mark.parametrize("searched", ["the of and", "", "?!", "mum"])
def test_small_words_and_what_words_stand_for_are_not(searched: str) -> None:
    assert marked(searched, "The parents of the child and of the mother.") == []


@given(
    st.sampled_from(sorted(each.text for each in LIBRARY.passages.values())),
    st.sampled_from(["recording", "safeguarding children", "don't share", "§2.3.4", "é ö"]),
)
def test_no_letter_of_a_passage_is_changed(text: str, searched: str) -> None:
    assert "".join(words for words, _ in WordMarker(WORDS, searched)(text)) == text


@given(st.text(max_size=200), st.text(max_size=50))
def test_no_letter_of_any_text_is_changed(text: str, searched: str) -> None:
    assert "".join(words for words, _ in WordMarker(WORDS, searched)(text)) == text

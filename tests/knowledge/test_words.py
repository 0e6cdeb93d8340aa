from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import Words

WORDS = Words.read(["assessment assessment interpreter interpreter development development"])


def test_a_misspelt_word_is_read_as_the_known_one() -> None:
    assert WORDS.correct("the assesment of child developement") == (
        "the assessment of child development"
    )


def test_an_unknown_word_far_from_all_others_stays() -> None:
    assert WORDS.correct("snapchat") == "snapchat"


def test_an_acronym_brings_its_words_along() -> None:
    assert {"s47", "section", "47", "enquiri"} <= set(WORDS.terms("is an s47 needed"))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert WORDS.terms(WORDS.correct(text)) is not None

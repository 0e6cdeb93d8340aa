from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import WORD, Words, plain

WORDS = Words.read(["assessment assessment interpreter interpreter development development"])


def test_a_misspelt_word_is_read_as_the_known_one() -> None:
    assert WORDS.correct("the assesment of child developement") == (
        "the assessment of child development"
    )


def test_an_unknown_word_far_from_all_others_stays() -> None:
    assert WORDS.correct("snapchat") == "snapchat"


def test_an_acronym_brings_its_words_along() -> None:
    assert {"s47", "section", "47", "enquiri"} <= set(WORDS.terms("is an s47 needed"))


def test_raised_and_full_width_letters_are_read_as_letters() -> None:
    assert plain("\u1d2c\uff23\u2160") == "aci"


def test_small_words_are_no_terms_and_forms_of_a_word_are_one() -> None:
    assert WORDS.terms("the assessment of the assessments") == ["assess", "assess"]


@given(st.text(max_size=200))
def test_any_text_becomes_plain_terms_and_no_small_words(text: str) -> None:
    terms = WORDS.terms(text)
    assert all(regex.fullmatch(r"[a-z0-9]+(&[a-z])?", term) for term in terms)
    assert not {"the", "of", "and"} & set(terms)


@given(st.text(max_size=200))
def test_spelling_is_put_right_once_and_never_adds_or_loses_a_word(text: str) -> None:
    right = WORDS.correct(text)
    assert WORDS.correct(right) == right
    assert len(WORD.findall(right)) == len(WORD.findall(plain(text)))


@given(st.lists(st.sampled_from(["assessment", "interpreter", "development", "child", "s47"])))
def test_what_is_spelt_right_stays(words: list[str]) -> None:
    assert WORDS.correct(" ".join(words)) == " ".join(words)

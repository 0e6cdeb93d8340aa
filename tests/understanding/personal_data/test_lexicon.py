from __future__ import annotations

import pytest

from bot.understanding.personal_data.lexicon import Lexicon
from tests.shipped import SAFETY


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(SAFETY)


@pytest.mark.parametrize(
    ("word", "rough", "sort"),
    [
        ("kieran", "N", ""),
        ("emily", "n", ""),
        ("grace", "B", ""),
        ("consent", "W", ""),
        ("confernece", "T", ""),
        ("jadebaxter", "J", ""),
        ("zeyneps", "S", ""),
        ("zorblatt", "U", ""),
        ("mrs", "W", "title"),
        ("anna-maria", "n-", ""),
    ],
)
def test_the_lists_say_what_kind_of_word_it_is(
    lexicon: Lexicon, word: str, rough: str, sort: str
) -> None:
    kind = lexicon.kind(word)
    assert (kind.rough, kind.sort) == (rough, sort)


def test_a_hidden_word_is_one_that_no_list_holds(lexicon: Lexicon) -> None:
    look = lexicon.hiding(["kieran"])
    assert look("kieran") == lexicon.kind("zorblatt")
    assert look("emily") == lexicon.kind("emily")

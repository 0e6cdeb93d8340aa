from __future__ import annotations

import pytest

from bot.understanding.personal_data.features import features
from bot.understanding.personal_data.lexicon import Lexicon
from bot.understanding.personal_data.tokens import tokens_of
from tests.shipped import SAFETY


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(SAFETY)


def seen(lexicon: Lexicon, text: str, word: str) -> set[str]:
    tokens = tokens_of(text)
    at = [token.text for token in tokens].index(word)
    own, both = features(text, tokens, lexicon.kind)[at]
    return {*own, *both}


@pytest.mark.parametrize(
    ("text", "word", "feature"),
    [
        ("so mum Kieran said no", "Kieran", "word-1=mum"),
        ("so mum Kieran said no", "Kieran", "word+1=said"),
        ("so mum Kieran said no", "Kieran", "shape=Aa"),
        ("Kieran said no", "Kieran", "shape=Aa^"),
        ("KIERAN SAID NO", "KIERAN", "shape=U^"),
        ("see WALSH, Kieran", "Kieran", "gap-1=, "),
        ("see kieran\nat 3", "kieran", "gap+1=¶"),
        ("see [name] and Kieran", "Kieran", "word-2=[]"),
        ("Kieran's mum, and Kieran", "Kieran", "again=+'C,N,Aa"),
        ("told zorblatt", "zorblatt", "end=tt$"),
    ],
)
def test_a_word_is_seen_with_what_stands_beside_it(
    lexicon: Lexicon, text: str, word: str, feature: str
) -> None:
    assert feature in seen(lexicon, text, word)


def test_a_name_is_seen_by_its_kind_alone(lexicon: Lexicon) -> None:
    """So that what is learnt holds for every name."""
    others = seen(lexicon, "and Kieran left", "Kieran")
    assert not any("kieran" in feature.casefold() for feature in others)
    assert "word=left" in seen(lexicon, "and Kieran left", "left")


def test_the_end_of_a_word_is_seen_where_nobody_lists_it(lexicon: Lexicon) -> None:
    assert not any(f.startswith("end=") for f in seen(lexicon, "and we left", "left"))

from __future__ import annotations

import pytest

from bot.understanding.personal_data.typos import Compounds, Typos

WORDS = ("conference", "consent", "visit", "plan")


@pytest.mark.parametrize(
    "word", ["confrence", "conferance", "confernece", "consnet", "vist", "visiit", "plam"]
)
def test_a_slip_is_told(word: str) -> None:
    assert Typos(WORDS).in_word(word)


@pytest.mark.parametrize("word", ["kieran", "onfernece", "vsti", "pla", "", "x" * 5000])
def test_another_word_is_no_slip(word: str) -> None:
    assert not Typos(WORDS).in_word(word)


def test_compounds_and_plurals_are_words() -> None:
    compounds = Compounds({"window", "sill", "home"})
    assert "windowsills" in compounds
    assert "homes" in compounds
    assert "windowkieran" not in compounds
    assert "window" * 800 not in compounds

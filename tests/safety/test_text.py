from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.safety.text import normalise


@given(st.text(st.characters(exclude_categories=())))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode("utf-8")


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_hidden_is_left(text: str) -> None:
    shown = normalise(text).replace("\n", "")
    assert not [character for character in shown if unicodedata.category(character)[0] == "C"]


def test_hidden_characters_do_not_split_a_word() -> None:
    assert normalise("he's ou\u200btsi\U000e0061de\u00ad, ca\ufeffnt br\u2060eathe") == (
        "he's outside, cant breathe"
    )


def test_full_width_figures_and_curly_quotes_become_plain() -> None:
    assert normalise("“９９９ ０４７ ３１８８”") == '"999 047 3188"'


def test_lines_are_kept_and_blanks_are_not() -> None:
    assert normalise("  one\u00a0 two \r\n\r\n three\ttoo ") == "one two\nthree too"


def test_half_a_character_is_left_out() -> None:
    assert normalise("help\ud83d me") == "help me"

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.normalisation import MOST_GROWTH, excerpt, normalise

ANYTHING = st.text(st.characters(exclude_categories=()))
LETTERS = st.sampled_from("Kieran0779éяωक")
MARKS = st.one_of(
    st.sampled_from("\u0301\u0316\u0336\u0344\u0338\u20dd\u20e3\u034f\u00ad\u064b\u093f"),
    st.integers(0xFE00, 0xFE0F).map(chr),
    st.integers(0xE0100, 0xE01EF).map(chr),
)
MARKED = st.lists(st.one_of(LETTERS, MARKS, st.just(" "))).map("".join)


@given(st.one_of(ANYTHING, MARKED))
@settings(derandomize=True, max_examples=400)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode("utf-8")


@given(ANYTHING)
@settings(derandomize=True)
def test_nothing_hidden_is_left(text: str) -> None:
    shown = normalise(text).replace("\n", "")
    assert not [character for character in shown if unicodedata.category(character)[0] == "C"]


@given(st.lists(st.tuples(st.sampled_from("Kieran07700900123"), st.lists(MARKS))))
@settings(derandomize=True)
def test_marks_do_not_hide_latin_letters_and_digits(marked: list[tuple[str, list[str]]]) -> None:
    typed = "".join(letter + "".join(marks) for letter, marks in marked)
    read = normalise(typed)
    assert len(read) == len(marked)
    bare = [c for c in unicodedata.normalize("NFD", read) if not unicodedata.combining(c)]
    assert bare == [letter for letter, _ in marked]


@given(ANYTHING)
@settings(derandomize=True)
def test_a_text_grows_by_a_few_times_at_most(text: str) -> None:
    assert len(normalise(text)) <= MOST_GROWTH * len(text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("K\u0336i\u0336e\u0336r\u0336a\u0336n\u0336", "Kieran"),
        ("Kie\ufe0fran", "Kieran"),
        ("Ki\U000e0101e\u034fr\u00adan", "Kieran"),
        ("Ki\u3164eran", "Kieran"),
        ("\u041a\u0336\u0456\u0336", "\u041a\u0456"),
        ("0\ufe0f\u20e37\ufe0f\u20e37\ufe0f\u20e3", "077"),
        ("\u2776\u2461\u0663\u096a", "1234"),
        ("\U0001f1f0\U0001f1ee\U0001f174ran", "KIEran"),
    ],
)
def test_letters_and_digits_are_bare(typed: str, read: str) -> None:
    assert normalise(typed) == read


@pytest.mark.parametrize("text", ["Zoë Climbié", "हिन्दी में", "كَيْفَ", "คุณ", "Йод", "ﷺ", "❤"])
def test_marks_that_spell_are_kept(text: str) -> None:
    assert normalise(text) == text
    assert normalise(unicodedata.normalize("NFD", text)) == text


def test_hidden_characters_do_not_split_a_word() -> None:
    assert normalise("he's ou\u200btsi\U000e0061de\u00ad, ca\ufeffnt br\u2060eathe") == (
        "he's outside, cant breathe"
    )


def test_full_width_figures_and_curly_quotes_become_plain() -> None:
    assert normalise("“９９９ ０４７ ３１８８”") == '"999 047 3188"'


def test_lines_are_kept_and_blanks_are_not() -> None:
    assert normalise("  one\u00a0 two \r\n\r\n three\ttoo ") == "one two\nthree too"


@pytest.mark.parametrize("line_break", ["\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_keeps_words_apart(line_break: str) -> None:
    assert normalise(f"one{line_break}two") == "one\ntwo"


def test_half_a_character_is_left_out() -> None:
    assert normalise("help\ud83d me") == "help me"


@given(st.text("ab"), st.integers(3, 20))
@settings(derandomize=True)
def test_an_excerpt_begins_and_ends_as_the_text_does(text: str, longest: int) -> None:
    some = excerpt(text, longest)
    if len(text) <= longest:
        assert some == text
    else:
        beginning, end = some.split("\n")
        assert len(some) == longest
        assert beginning
        assert text.startswith(beginning)
        assert end
        assert text.endswith(end)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("q&#64;example.org", "q@example.org"),
        ("he &amp; she &lt;3", "he & she <3"),
        ("&#x62;aby &#8203;cries", "baby cries"),
        ("terms&conditions", "terms&conditions"),
    ],
)
def test_what_was_copied_from_a_pages_source_is_read_as_shown(typed: str, read: str) -> None:
    assert normalise(typed) == read

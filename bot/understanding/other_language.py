"""Whether a message is written in a language that the assistant does not read."""

from __future__ import annotations

import regex

from bot.understanding.vocabulary import ordinary_words

LETTER = regex.compile(r"\p{L}")
LATIN = regex.compile(r"\p{Latin}")
WORD = regex.compile(r"\b\p{L}+\b")
FEWEST_WORDS = 3
"""Fewer may be a name, a greeting or a slip."""
UNKNOWN_SHARE = 0.4
"""Of the words, from which on a message is not English (`python -m bench.other_language`)."""


def is_other_script(text: str) -> bool:
    """Whether most letters are not Latin."""
    letters = len(LETTER.findall(text))
    return letters > 0 and len(LATIN.findall(text)) * 2 < letters


def is_other_language(text: str) -> bool:
    """By letters, or by words that English and this field do not have.

    Words with a capital are left out where not all have one: they may be names.
    """
    if is_other_script(text):
        return True
    words = [each for each in WORD.findall(text) if text.isupper() or each[0].islower()]
    known = ordinary_words()
    unknown = sum(each.casefold() not in known for each in words)
    return len(words) >= FEWEST_WORDS and unknown >= UNKNOWN_SHARE * len(words)

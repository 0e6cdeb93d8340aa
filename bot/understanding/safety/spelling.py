"""Typos in the few words that matter: "breatheing", "nife", "scremaing"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.vocabulary import ordinary_words

TOKEN = regex.compile(r"[a-z]{4,}")
SHORT, LONG = 5, 8
SPACED = regex.compile(r"(?<![^\W_])[^\W_](?:[\W_]{1,2}[^\W_]){2,}(?![^\W_])")
JOINTS = regex.compile(r"(?<=\w)(?:_|%20)(?=\w)")
RUN_TOGETHER = regex.compile(r"(?<![a-zA-Z'’-])[a-zA-Z]{9,80}+(?![a-zA-Z'’-])")
LEAST_JOINTS = 2
SHORTEST = 3
SHORT_WORDS = frozenset(
    {"a", "i", "am", "an", "as", "at", "be", "by", "do", "go", "he", "hi", "if", "in", "is", "it"}
    | {"me", "my", "no", "of", "oh", "ok", "on", "or", "so", "to", "up", "us", "we"}
)
"""All that a run of words may hold with fewer letters than SHORTEST."""
BETWEEN = regex.compile(r"[\W_]+")
MOST_SPACED = 80
LONGEST_WORD = 14
MOST_LOOKED_UP = 100
"""Words of one text that nobody knows: people make a few typos, only a machine hundreds."""


class Spelling:
    """Corrects a word that nobody knows into one of `words` when it is a typo or two away."""

    def __init__(self, words: Sequence[str], typos: Mapping[str, str]) -> None:
        self._words = words
        self._typos = typos
        self._known = ordinary_words() | set(words)
        self._longest = max(map(len, words)) + 2

    def corrected(self, text: str) -> str:
        unknown = dict.fromkeys(token for token in TOKEN.findall(text) if self._is_unknown(token))
        corrected = {token: self._closest(token) for token in islice(unknown, MOST_LOOKED_UP)}
        return TOKEN.sub(
            lambda token: self._typos.get(token[0]) or corrected.get(token[0], token[0]), text
        )

    def _is_unknown(self, token: str) -> bool:
        return SHORT <= len(token) <= self._longest and token not in self._known

    def _closest(self, token: str) -> str:
        allowed = 2 if len(token) >= LONG else 1
        near = process.extractOne(token, self._words, scorer=OSA.distance, score_cutoff=allowed)
        return near[0] if near else token


def spelt_together(text: str) -> str:
    """`text` in words: letters that stand apart, as in "k i l l" and "s.u.i.c.i.d.e", made one, and
    words that run together, as in "i_want_to_die" and "heisstabbingher", taken apart."""
    apart = JOINTS.sub(" ", text)
    spelt = SPACED.sub(lambda letters: _words_of(BETWEEN.sub("", letters[0]).lower()), apart)
    return RUN_TOGETHER.sub(lambda word: _taken_apart(word[0]), spelt)


def _taken_apart(word: str) -> str:
    """The ordinary words that `word` is made of, where it is none and they are three or more."""
    if word.lower() in ordinary_words():
        return word
    words = _words_of(word.lower()).split(" ")
    are_words = len(words) > LEAST_JOINTS and all(map(_stands_alone, words))
    return " ".join(words) if are_words else word


def _stands_alone(word: str) -> bool:
    return len(word) >= SHORTEST or word in SHORT_WORDS


def _words_of(letters: str) -> str:
    """The fewest ordinary words that they spell, else the letters in one."""
    if len(letters) > MOST_SPACED:
        return letters
    known = ordinary_words()
    best: list[list[str] | None] = [[]]
    for end in range(1, len(letters) + 1):
        ways = (
            [*before, letters[start:end]]
            for start in range(max(0, end - LONGEST_WORD), end)
            if (before := best[start]) is not None and letters[start:end] in known
        )
        best.append(min(ways, key=len, default=None))
    return " ".join(best[-1] or [letters])

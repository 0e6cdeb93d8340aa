"""Slips of the pen in the few words that matter: "breatheing", "nife", "scremaing"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.safety.vocabulary import ordinary_words

TOKEN = regex.compile(r"[a-z]{4,}")
SHORT, LONG = 5, 8


class Spelling:
    """Mends a word that nobody knows into one of `words` when it is a slip or two away."""

    def __init__(self, words: Sequence[str], slips: Mapping[str, str]) -> None:
        self._words = words
        self._slips = slips
        self._known = ordinary_words() | set(words)

    def mended(self, text: str) -> str:
        return TOKEN.sub(lambda token: self._closest(token[0]), text)

    def _closest(self, token: str) -> str:
        if token in self._slips:
            return self._slips[token]
        if len(token) < SHORT or token in self._known:
            return token
        allowed = 2 if len(token) >= LONG else 1
        near = process.extractOne(token, self._words, scorer=OSA.distance, score_cutoff=allowed)
        return near[0] if near else token

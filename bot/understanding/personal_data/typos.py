"""Words that nobody lists and that are words all the same: typos, and compounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_NAME = 3
LONG = 8
LONGEST = 40
"""Letters beyond which nothing is a word, nor worth the time to look."""
REMEMBERED = 4096
PREFIX = regex.compile(r"^(?:un|re|mis|non|over|under|dis|pre|anti|counter)(?=\p{L}{4})")


class Typos:
    """Tells a word with a typo from a word that nobody knows.

    Two words one typo apart are the same once a letter is left out of one or of both, so that
    the few that may be meant are looked up; words two typos apart begin alike.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_rest: dict[str, list[str]] = defaultdict(list)
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(words):
            if len(word) > SHORTEST_NAME:
                self._by_start[word[0], len(word)].append(word)
                for rest in _rests(word):
                    self._by_rest[rest].append(word)
        self._remembered = lru_cache(REMEMBERED)(self._in_word)

    def in_word(self, word: str) -> bool:
        """Of two typos none is in the first letter, and short words have room for none."""
        return SHORTEST_NAME < len(word) <= LONGEST and self._remembered(word)

    def _in_word(self, word: str) -> bool:
        meant = (known for rest in _rests(word) for known in self._by_rest.get(rest, ()))
        if any(OSA.distance(word, known, score_cutoff=1) <= 1 for known in meant):
            return True
        return len(word) >= LONG and any(
            process.extractOne(
                word, self._by_start.get((word[0], length), []), scorer=OSA.distance, score_cutoff=2
            )
            for length in range(len(word) - 2, len(word) + 3)
        )


def _rests(word: str) -> Iterator[str]:
    """The word, and what is left of it without one of its letters."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


class Compounds:
    """Tells a word made of words, or the plural of one, that no list holds: "windowsills"."""

    def __init__(self, words: set[str]) -> None:
        self._words = words

    def __contains__(self, word: str) -> bool:
        if len(word) > LONGEST:
            return False
        singular = PREFIX.sub("", word.removesuffix("s"))
        if word.endswith("ies") and f"{word[:-3]}y" in self._words:
            return True
        return singular in self._words or any(
            singular[:at] in self._words and singular[at:] in self._words
            for at in range(SHORTEST_NAME, len(singular) - SHORTEST_NAME + 1)
        )


class WordRun:
    """Tells words that are written together: "helpmenow"."""

    def __init__(self, words: set[str]) -> None:
        self._words = words

    def __contains__(self, letters: str) -> bool:
        if len(letters) > LONGEST:
            return False
        ends = {0}
        for end in range(1, len(letters) + 1):
            if any(letters[start:end] in self._words for start in ends):
                ends.add(end)
        return len(letters) in ends

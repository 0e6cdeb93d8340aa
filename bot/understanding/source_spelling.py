"""Words that nobody knows, read as words of the sources that are spelt nearly so.

Only whoever searches the sources is served by it, and is told. What the conversation takes for a
slip is for `Words` of the knowledge to say, which learnt it from how people ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.vocabulary import english_words
from knowledge.library import Library
from knowledge.words import SHORTEST_CORRECTED, WORD, plain

LONG = 8
"""Letters that leave room for two slips, neither of them in the first letter."""


@dataclass(frozen=True)
class Respelt:
    """`text` in plain letters, and the words of the sources that stand in it instead of others."""

    text: str
    instead: tuple[str, ...]


class SourceSpelling:
    """The words of the sources, the commonest first, and those of English."""

    def __init__(self, library: Library) -> None:
        counts = Counter(word for text in _texts(library) for word in WORD.findall(plain(text)))
        self._known = set(counts) | set(english_words())
        self._meant: dict[str, list[str]] = {}
        for word, _ in counts.most_common():
            if len(word) >= SHORTEST_CORRECTED - 1 and word.isalpha():
                self._meant.setdefault(word[0], []).append(word)

    def __call__(self, text: str) -> Respelt:
        instead: dict[str, None] = {}

        def spelt(word: str) -> str:
            near = self._near(word)
            if near is None:
                return word
            instead[near] = None
            return near

        read = WORD.sub(lambda found: spelt(found[0]), plain(text))
        return Respelt(read, tuple(instead))

    def _near(self, word: str) -> str | None:
        if len(word) < SHORTEST_CORRECTED or word in self._known or not word.isalpha():
            return None
        slips = 2 if len(word) >= LONG else 1
        choices = self._meant.get(word[0], ())
        near = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=slips)
        return near[0] if near else None


def _texts(library: Library) -> Iterator[str]:
    for document in library.documents.values():
        yield from (document.text, document.title, document.publisher, document.area or "")

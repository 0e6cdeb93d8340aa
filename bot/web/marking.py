"""The words of a passage that somebody searched for."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from knowledge.words import Words

WHOLE_WORD = regex.compile(r"[\p{L}\p{N}](?:['’‘]?[\p{L}\p{M}\p{N}])*")
"""With its apostrophes, as a person reads it."""

Piece = tuple[str, bool]
"""A stretch of a text, and whether it was searched for."""


class WordMarker:
    """Marks the words that are searched for, and forms of them ("recorded" for "recording"). What
    stands for them, as the search knows it, is not marked: it would look like a mistake."""

    def __init__(self, words: Words, searched: str) -> None:
        self._words = words
        self._searched = words.stems(searched)

    def __call__(self, text: str) -> list[Piece]:
        """All of the text, word for word, in pieces."""
        return list(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[Piece]:
        end = 0
        for found in WHOLE_WORD.finditer(text):
            if not self._searched.isdisjoint(self._words.stems(found[0])):
                if found.start() > end:
                    yield text[end : found.start()], False
                yield found[0], True
                end = found.end()
        if end < len(text):
            yield text[end:], False

"""Written questions by their words: who asks one gets what it is written for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Texts
from knowledge.words import WORD, Words, plain

Numbers = NDArray[np.int64]
NOBODY: Numbers = np.array([], dtype=np.int64)


class WrittenQuestions:
    """Finds a question that is written, word for word, whatever its capitals, accents and marks,
    and also where a word of it is spelt nearly so."""

    def __init__(self, questions: Texts, words: Words) -> None:
        self._words = words
        owners: dict[str, set[int]] = {}
        for text, owner in zip(questions.texts, questions.owners, strict=True):
            owners.setdefault(in_words(text), set()).add(int(owner))
        self._owners = {
            key: np.array(sorted(numbers), dtype=np.int64) for key, numbers in owners.items()
        }

    def __call__(self, query: str) -> Numbers:
        """The numbers of the passages, or of the gaps, that it is written for; mostly none."""
        found = self._owners.get(in_words(query))
        if found is None:
            found = self._owners.get(in_words(self._words.correct(query)))
        return NOBODY if found is None else found


def in_words(text: str) -> str:
    """The words of a text in plain letters, with one blank between."""
    return " ".join(WORD.findall(plain(text)))

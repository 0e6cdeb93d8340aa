"""What the documents without questions are about, by their words: which passages hold all that is
asked, and whether a question touches what its document alone is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

from knowledge.documents import Document
from knowledge.words import Words

OFTEN = 0.15
"""The share of its passages from which on a document that has a word in its title is about it."""
RARER = 5
"""So many times rarer a word is in the others that is one document's own."""
SOMETIMES = 0.1
"""The share of its passages from which on a document's own word is one by which it is asked for."""
REMEMBERED = 256
"""Documents whose own words are kept."""


class Topics:
    """`texts` and `documents` are those of every passage, by its number."""

    def __init__(self, texts: Sequence[str], documents: Sequence[Document], words: Words) -> None:
        self._texts = texts
        self._documents = documents
        self._words = words
        self._of: dict[str, list[int]] = {}
        for number, document in enumerate(documents):
            self._of.setdefault(document.id, []).append(number)
        self._counts = Counter(term for text in texts for term in set(words.terms(text)))
        self._own = lru_cache(REMEMBERED)(self._own_terms)

    def holding(self, asked: str, numbers: Collection[int]) -> list[int]:
        """Of these passages those that hold every search term of `asked`, with the title of their
        document; none where it has no term."""
        terms = self._asked(asked)
        return [n for n in numbers if terms and terms <= self._terms(n) | self._title(n)]

    def touching(self, asked: str, numbers: Collection[int]) -> bool:
        """Whether any of these passages holds any search term of `asked`."""
        terms = self._asked(asked)
        return any(terms & (self._terms(n) | self._title(n)) for n in numbers)

    def is_about(self, asked: str, number: int) -> bool:
        """Whether `asked` has a word that is in the title of the passage's document, and of which
        that document is more than the others."""
        own = self._own(self._documents[number].id) & self._title(number)
        return bool(own & self._asked(asked))

    def is_beside(self, asked: str, number: int) -> bool:
        """Whether the passage is of a document on one narrow thing, and `asked` has no word of
        it."""
        own = self._own(self._documents[number].id)
        return bool(own) and not own & self._asked(asked)

    def _asked(self, text: str) -> frozenset[str]:
        return frozenset(self._words.terms(self._words.correct(text)))

    def _title(self, number: int) -> frozenset[str]:
        return frozenset(self._words.terms(self._documents[number].title))

    def _terms(self, number: int) -> frozenset[str]:
        return frozenset(self._words.terms(self._texts[number]))

    def _own_terms(self, document_id: str) -> frozenset[str]:
        """The words by which the document is asked for. None where its title names nothing that it
        keeps coming back to and the others do not: it is on many things."""
        mine = self._of[document_id]
        inside = Counter(term for n in mine for term in self._terms(n))
        others = max(len(self._texts) - len(mine), 1)

        def is_own(term: str, least: float) -> bool:
            here = inside[term] / len(mine)
            elsewhere = (self._counts[term] - inside[term]) / others
            return here >= least and here >= RARER * elsewhere

        if not any(is_own(term, OFTEN) for term in self._title(mine[0])):
            return frozenset()
        return frozenset(term for term in inside if is_own(term, SOMETIMES))

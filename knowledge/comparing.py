"""What each document says nearest to a topic, so that they can be read side by side.

The search weighs all passages against each other, and what one document says best leaves nothing to
the others. Here each document is looked at by itself, by likeness and by words alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knowledge.corpus import Corpus
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.library import Library
from knowledge.quotes import Quote
from knowledge.ranking import RowsByOwner
from knowledge.words import Words

NEAR = 0.19
"""The least likeness of a passage that says anything on the topic: `python -m bench.comparing`."""
LOOKED_AT = 10
"""Of each document so many of the likest passages are searched for the topic's own words."""


@dataclass(frozen=True)
class DocumentSays:
    """The passages of one document, the nearest first; none where it says nothing near."""

    document: Document
    quotes: tuple[Quote, ...]


class Comparing:
    """Finds in every document what is nearest to a topic. Holds nothing between topics."""

    def __init__(self, library: Library, encoder: Encoder, corpus: Corpus, words: Words) -> None:
        self._library = library
        self._encoder = encoder
        self._passages = corpus.passages
        self._ids = corpus.passage_ids
        self._words = words
        numbers = {each: n for n, each in enumerate(library.documents)}
        owners = [numbers[library.passages[each].document_id] for each in corpus.passage_ids]
        self._of = RowsByOwner.of(np.array(owners, dtype=np.int64), len(numbers))

    def __call__(self, topic: str, k: int, area: str | None = None) -> tuple[DocumentSays, ...]:
        """In the order of the library. What the topic calls documents by is not looked for."""
        asked = self._words.correct(self._library.names.asked(topic) or topic)
        likeness = self._passages.retrieval @ self._encoder.query(asked)
        terms = frozenset(self._words.terms(asked))
        found = []
        for number, document in enumerate(self._library.documents.values()):
            own = self._of(number)
            likest = own[np.argsort(-likeness[own], kind="stable")][:LOOKED_AT]
            near = [n for n in likest if likeness[n] >= NEAR or self._holds(n, terms)]
            quotes = tuple(self._library.quote(self._ids[n], area) for n in near[:k])
            found.append(DocumentSays(document, quotes))
        return tuple(found)

    def _holds(self, number: int, terms: frozenset[str]) -> bool:
        return bool(terms) and terms <= frozenset(self._words.terms(self._passages.texts[number]))

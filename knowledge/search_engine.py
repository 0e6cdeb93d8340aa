"""What search asks of an engine: the nearest of some vectors, and the texts with the rarest words.

An engine only finds candidates. What they are worth is told by the same views whichever it is
(`knowledge.ranking`, `knowledge.own_text`), and what is quoted is the library's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from knowledge.encoder import Vectors
from knowledge.vector_rows import Numbers, VectorRows

Terms = Sequence[Sequence[str]]
"""The search terms of each text (`knowledge.words.Words.terms`)."""


class VectorStore(Protocol):
    def nearest(self, vector: Vectors, count: int) -> tuple[Numbers, Vectors]:
        """The rows nearest to a vector of length one, the nearest first, and the likeness of each,
        (n,). They may be fewer than `count`."""


class WordMatches(Protocol):
    """What holds any of some terms."""

    def best(self, count: int) -> Numbers:
        """The numbers of the texts that hold the rarest most often, in no order. They may be fewer
        than `count`."""

    def scores(self, numbers: Numbers) -> Vectors:
        """The BM25 score of each of the texts, (n,); 0 where it holds none of the terms."""


class WordStore(Protocol):
    def matches(self, terms: Sequence[str]) -> WordMatches: ...


class SearchEngine(Protocol):
    """Holds the stores of one content. A name stands for the same texts as long as the content is
    the same, and is of small letters and _."""

    def vectors(self, name: str, rows: VectorRows) -> VectorStore: ...

    def words(self, name: str, documents: Callable[[], Terms], found: Numbers) -> WordStore:
        """How rare a word is counts in all `documents`; only those numbered `found`, in ascending
        order, are found. `documents` is called where they are not held already."""


OpensEngine = Callable[[str], SearchEngine]
"""By the key of a content (`knowledge.index.Manifest.key`)."""

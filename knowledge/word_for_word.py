"""What is typed just as it stands in a source: which passages hold it, or stand under it.

An index tells, and no scan: a message costs the same beside five documents and beside a thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document, Passage
from knowledge.words import WORD, plain

Numbers = NDArray[np.int64]
RUN = 5
"""Words that have to stand together: fewer are how anybody may put a question."""
LEAST_OF_A_NAME = 3
"""Words of a heading or a title. A shorter one, such as "Sharing Information", is how people speak
of the matter wherever it stands."""
BETWEEN_HEADINGS = " > "
FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Odd, and with its bits well spread (2 ** 64 over the golden ratio): runs of words are told apart
by a sum of products with it. Two that are not are compared word by word."""


class WordForWord:
    """Finds passages by words exactly as they stand, whatever the capitals, marks and spaces."""

    def __init__(self, documents: Mapping[str, Document], passages: Sequence[Passage]) -> None:
        """`passages`: in the order in which they are shown."""
        self._ids = tuple(each.id for each in passages)
        self._known: dict[str, int] = {}
        words = [[self._number(word) for word in _words(_whole(each))] for each in passages]
        lengths = np.array([len(each) + 1 for each in words], dtype=np.int64)
        self._starts = np.cumsum(lengths) - lengths
        self._lengths = lengths - 1
        # Between two passages stands 0, which is no word, and after the last as many as a run has.
        ended = chain.from_iterable((*each, 0) for each in words)
        padded = chain(ended, [0] * RUN)
        self._words: Numbers = np.fromiter(padded, np.int32, int(lengths.sum()) + RUN)
        sums = _sums(self._words)
        self._order = np.argsort(sums, kind="stable").astype(np.int32)
        self._sums = sums[self._order]
        self._named = _named(documents, passages)

    def __call__(self, text: str) -> tuple[str, ...]:
        """The ids of those that hold all of `text`, the one that is nothing else first; else of
        those that stand under it as their heading or title, in the order of the source."""
        words = _words(text)
        if found := self._holding(words):
            return found
        name = " ".join(words)
        return self._named.get(name) or self._named.get(" ".join(_unnumbered(words)), ())

    def _holding(self, words: Sequence[str]) -> tuple[str, ...]:
        numbers = [self._known.get(word, 0) for word in words]
        if len(numbers) < RUN or not all(numbers):
            return ()
        run = _sums(np.array(numbers[:RUN], dtype=np.int32))[0]
        first, after = (int(np.searchsorted(self._sums, run, side)) for side in ("left", "right"))
        places = self._order[first:after].astype(np.int64)
        for offset, number in enumerate(numbers):
            places = places[places + offset < len(self._words)]
            places = places[self._words[places + offset] == number]
        holding = np.unique(np.searchsorted(self._starts, places, side="right") - 1)
        is_all = self._lengths[holding] == len(numbers)
        return tuple(self._ids[n] for n in (*holding[is_all], *holding[~is_all]))

    def _number(self, word: str) -> int:
        return self._known.setdefault(word, len(self._known) + 1)


def _sums(words: Numbers) -> NDArray[np.uint64]:
    """Of each run of words, by the place that it begins at, a number that tells it apart."""
    count = max(len(words) - RUN + 1, 0)
    sums = np.zeros(count, dtype=np.uint64)
    for offset in range(RUN):
        sums = sums * FACTOR + words[offset : offset + count].astype(np.uint64)
    return sums


def _named(
    documents: Mapping[str, Document], passages: Iterable[Passage]
) -> dict[str, tuple[str, ...]]:
    """By a heading or a title in words, what stands under it; nothing that several documents have:
    whoever types that means any of them."""
    found: dict[str, dict[str, list[str]]] = {}
    for passage in passages:
        for name in _names(documents[passage.document_id], passage):
            of_documents = found.setdefault(name, {})
            of_documents.setdefault(passage.document_id, []).append(passage.id)
    return {
        name: tuple(dict.fromkeys(ids))
        for name, of_documents in found.items()
        if len(of_documents) == 1
        for ids in of_documents.values()
    }


def _names(document: Document, passage: Passage) -> Iterator[str]:
    headings = passage.heading.split(BETWEEN_HEADINGS) if passage.heading else []
    for said in (document.title, *headings):
        words = _words(said)
        unnumbered = _unnumbered(words)
        if len(unnumbered) >= LEAST_OF_A_NAME:
            yield " ".join(unnumbered)


def _whole(passage: Passage) -> str:
    return f"{passage.lead_in or ''} {passage.text}"


def _words(text: str) -> list[str]:
    return WORD.findall(plain(text))


def _unnumbered(words: Sequence[str]) -> Sequence[str]:
    """Without the number that a heading begins with: of "3.2 What to do" it is "what to do"."""
    start = next((n for n, word in enumerate(words) if not word.isdigit()), len(words))
    return words[start:]

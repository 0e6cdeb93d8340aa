"""How well each passage fits a question: four views, and their learned combination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Corpus
from knowledge.encoder import Vectors
from knowledge.words import Words

Floats = NDArray[np.float32]

VIEWS = ("passage", "questions", "words", "head")
NEAREST_QUESTIONS = 3
SHORTLIST = 48
QUESTIONS_FETCHED = 200
WORD_SCALE = 10.0
AREA_ADVANTAGE = 2.5
EXACT_BELOW = 20_000
CELLS = 256
CELLS_SEARCHED = 16
TRAINED_ON_A_CELL = 40


@dataclass(frozen=True)
class LinearHead:
    """A linear classifier over sentence vectors: one row of weights a class, bias last."""

    weights: Floats

    def __call__(
        self, vectors: Vectors, classes: NDArray[np.int64] | slice = slice(None)
    ) -> Floats:
        chosen = self.weights[classes]
        logits: Floats = vectors @ chosen[:, :-1].T + chosen[:, -1]
        return logits


@dataclass(frozen=True)
class Candidates:
    """Passage numbers with one row of views each, and the likeness of every question."""

    numbers: NDArray[np.int64]
    views: Floats
    questions: Floats


class Ranker:
    """Finds candidate passages with FAISS and BM25 and looks at each in four ways.

    passage: likeness to the passage itself. questions: mean likeness to its three
    nearest questions. words: BM25 over the passage and its questions. head: a linear
    classifier of questions into passages.
    """

    def __init__(self, corpus: Corpus, words: Words, head: LinearHead):
        self.corpus = corpus
        self.words = words
        self.head = head
        self._store = searched_store(corpus.passages.vectors)
        self._asked = RowsByOwner.of(corpus.questions.owners, len(corpus.passage_ids))
        self._bm25 = bm25(corpus, words)

    def candidates(self, text: str, vector: Vectors) -> Candidates:
        """`text` corrected, `vector` of length one."""
        word_scores = self._word_scores(text)
        likeness = self.corpus.questions.vectors @ vector
        numbers = self._shortlist(vector, likeness, word_scores)
        views = np.stack(
            [
                self.corpus.passages.vectors[numbers] @ vector,
                self._nearest_questions(numbers, likeness),
                word_scores[numbers] / WORD_SCALE,
                self.head(vector, numbers),
            ],
            axis=1,
        )
        return Candidates(numbers, views.astype(np.float32), likeness)

    def _shortlist(
        self, vector: Vectors, likeness: Floats, word_scores: Floats
    ) -> NDArray[np.int64]:
        _, near = self._store.search(
            vector[np.newaxis], min(SHORTLIST, len(self.corpus.passage_ids))
        )
        asked = self.corpus.questions.owners[largest(likeness, QUESTIONS_FETCHED)]
        return np.unique(np.concatenate([near[0], asked, largest(word_scores, SHORTLIST)]))

    def _nearest_questions(self, numbers: NDArray[np.int64], likeness: Floats) -> Floats:
        rows = self._asked.table(numbers, NEAREST_QUESTIONS)
        padded = np.append(likeness, np.float32(0))[rows]
        nearest = np.partition(padded, -NEAREST_QUESTIONS, axis=1)[:, -NEAREST_QUESTIONS:]
        mean: Floats = nearest.mean(axis=1)
        return mean

    def _word_scores(self, text: str) -> Floats:
        return bm25_scores(self._bm25, self.words.terms(text), len(self.corpus.passage_ids))


def bm25_scores(index: bm25s.BM25, terms: Sequence[str], count: int) -> Floats:
    """Of each of `count` passages."""
    known = [term for term in terms if term in index.vocab_dict]
    if not known:
        return np.zeros(count, dtype=np.float32)
    scores: Floats = index.get_scores(known)
    return scores


def largest(values: Floats, count: int) -> NDArray[np.int64]:
    if len(values) <= count:
        return np.arange(len(values))
    return np.argpartition(-values, count)[:count]


def largest_first(values: Floats, count: int) -> NDArray[np.int64]:
    """The places of the `count` largest values, the largest first; of equals the first one."""
    places = np.sort(largest(values, count))
    return places[np.argsort(-values[places], kind="stable")]


def log_sum(scores: Floats) -> float:
    """The logarithm of the sum of their exponentials. `logaddexp.reduce` takes ten times as long,
    which counts with 100,000 of them (`python -m bench.search`)."""
    most = scores.max()
    return float(most + np.log(np.exp(scores - most).sum()))


def nearest_store(vectors: Vectors) -> faiss.Index:
    store = faiss.IndexFlatIP(vectors.shape[1])
    store.add(vectors)
    return store


def searched_store(vectors: Vectors) -> faiss.Index:
    """Exact while that is fast; many passages are searched in the nearest of their cells."""
    if len(vectors) < EXACT_BELOW:
        return nearest_store(vectors)
    store = faiss.index_factory(vectors.shape[1], f"IVF{CELLS},Flat", faiss.METRIC_INNER_PRODUCT)
    store.train(vectors[:: max(1, len(vectors) // (TRAINED_ON_A_CELL * CELLS))])
    store.add(vectors)
    faiss.ParameterSpace().set_index_parameter(store, "nprobe", CELLS_SEARCHED)
    return store


@dataclass(frozen=True)
class RowsByOwner:
    """The rows of each owner, in room that grows with the rows: one owner of many costs the others
    nothing. `order` has the rows owner by owner, and -1 last; `starts` where those of each begin
    in it, and where the last end."""

    order: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, owners: NDArray[np.int64], count: int) -> RowsByOwner:
        """`owners`: that of each row, below `count`."""
        order = np.argsort(owners, kind="stable")
        starts = np.searchsorted(owners[order], np.arange(count + 1))
        return cls(np.append(order, -1), starts)

    def __call__(self, owner: int) -> NDArray[np.int64]:
        return self.order[self.starts[owner] : self.starts[owner + 1]]

    def table(self, owners: NDArray[np.int64], least: int = 1) -> NDArray[np.int64]:
        """(owners, most) rows of these, padded with -1; at least so many columns as `least`."""
        firsts = self.starts[owners, np.newaxis]
        counts = self.starts[owners + 1, np.newaxis] - firsts
        columns = np.arange(max(counts.max(initial=0), least))
        return self.order[np.where(columns < counts, firsts + columns, -1)]


def bm25(corpus: Corpus, words: Words) -> bm25s.BM25:
    """Over every passage, its questions with it."""
    documents = [words.terms(text) for text in corpus.passages.texts]
    for text, owner in zip(corpus.questions.texts, corpus.questions.owners, strict=True):
        documents[owner] += words.terms(text)
    return bm25_index(documents)


def bm25_index(documents: list[list[str]]) -> bm25s.BM25:
    """`documents`: the terms of each."""
    index = bm25s.BM25(k1=1.2, b=0.6)
    index.index(documents, show_progress=False)
    return index

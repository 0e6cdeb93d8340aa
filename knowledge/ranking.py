"""How well each passage fits a question: four views, and their learned combination."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Corpus
from knowledge.encoder import Vectors
from knowledge.memory_engine import MemoryEngine, largest
from knowledge.search_engine import SearchEngine, WordMatches
from knowledge.vector_rows import VectorRows
from knowledge.words import Words

Floats = NDArray[np.float32]

VIEWS = ("passage", "questions", "words", "head")
NEAREST_QUESTIONS = 3
SHORTLIST = 48
QUESTIONS_FETCHED = 200
WORD_SCALE = 10.0
AREA_ADVANTAGE = 2.5


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
    """Passage numbers with one row of views each, and the likeness of the nearest questions, the
    nearest first."""

    numbers: NDArray[np.int64]
    views: Floats
    questions: Floats


class Ranker:
    """Finds candidate passages with a search engine and looks at each in four ways.

    passage: likeness to the passage itself. questions: mean likeness to its three
    nearest questions. words: BM25 over the passage and its questions. head: a linear
    classifier of questions into passages.
    """

    def __init__(
        self, corpus: Corpus, words: Words, head: LinearHead, engine: SearchEngine | None = None
    ):
        """Without an `engine` it holds what it searches in memory."""
        engine = engine or MemoryEngine()
        self.corpus = corpus
        self.words = words
        self.head = head
        passages, questions = corpus.passages.vectors, corpus.questions.vectors
        self._passages = engine.vectors("asked_passages", VectorRows.all_of(passages))
        self._questions = engine.vectors("asked_questions", VectorRows.all_of(questions))
        self._asked = RowsByOwner.of(corpus.questions.owners, len(corpus.passage_ids))
        self._words = engine.words(
            "asked_words", lambda: _documents(corpus, words), np.arange(len(corpus.passage_ids))
        )

    def candidates(self, text: str, vector: Vectors) -> Candidates:
        """`text` corrected, `vector` of length one."""
        asked, likeness = self._questions.nearest(vector, QUESTIONS_FETCHED)
        matches = self._words.matches(self.words.terms(text))
        numbers = self._shortlist(vector, self.corpus.questions.owners[asked], matches)
        views = np.stack(
            [
                self.corpus.passages.vectors[numbers] @ vector,
                self._nearest_questions(numbers, vector),
                matches.scores(numbers) / WORD_SCALE,
                self.head(vector, numbers),
            ],
            axis=1,
        )
        return Candidates(numbers, views.astype(np.float32), likeness)

    def _shortlist(
        self, vector: Vectors, asked: NDArray[np.int64], matches: WordMatches
    ) -> NDArray[np.int64]:
        """`asked`: the owners of the nearest questions."""
        near, _ = self._passages.nearest(vector, SHORTLIST)
        return np.unique(np.concatenate([near, asked, matches.best(SHORTLIST)]))

    def _nearest_questions(self, numbers: NDArray[np.int64], vector: Vectors) -> Floats:
        """Of these passages alone, so that it costs the same beside however many others."""
        rows = self._asked.table(numbers, NEAREST_QUESTIONS)
        own = rows >= 0
        likeness = np.zeros(rows.shape, dtype=np.float32)
        likeness[own] = self.corpus.questions.vectors[rows[own]] @ vector
        nearest = np.partition(likeness, -NEAREST_QUESTIONS, axis=1)[:, -NEAREST_QUESTIONS:]
        mean: Floats = nearest.mean(axis=1)
        return mean


def largest_first(values: Floats, count: int) -> NDArray[np.int64]:
    """The places of the `count` largest values, the largest first; of equals the first one."""
    places = np.sort(largest(values, count))
    return places[np.argsort(-values[places], kind="stable")]


def log_sum(scores: Floats) -> float:
    """The logarithm of the sum of their exponentials. `logaddexp.reduce` takes ten times as long,
    which counts with 100,000 of them (`python -m bench.search`)."""
    most = scores.max()
    return float(most + np.log(np.exp(scores - most).sum()))


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


def _documents(corpus: Corpus, words: Words) -> list[list[str]]:
    """The terms of every passage, its questions with it."""
    documents = [words.terms(text) for text in corpus.passages.texts]
    for text, owner in zip(corpus.questions.texts, corpus.questions.owners, strict=True):
        documents[owner] += words.terms(text)
    return documents

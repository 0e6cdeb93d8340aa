"""How well passages fit a question by their own text: those that nobody wrote questions for.

What is learned from other documents' questions buries a document that has none. So its passages are
looked at in their own way, and the scores are brought to one scale (`knowledge.tuning.weighing`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import ANSWERED, GAP, OUT_OF_SCOPE, Corpus
from knowledge.encoder import Vectors
from knowledge.files import read_text
from knowledge.library import FOLDER
from knowledge.memory_engine import MemoryEngine
from knowledge.nearness import NEARNESS, Nearness
from knowledge.ranking import SHORTLIST, WORD_SCALE, Floats, RowsByOwner, log_sum
from knowledge.search_engine import SearchEngine, WordMatches
from knowledge.vector_rows import VectorRows
from knowledge.words import Words

VIEWS = ("passage", "sentence", "words", "length")
SENTENCES_FETCHED = 2 * SHORTLIST
"""Several may be of one passage."""
SUREST = 20.0
"""A logit further from 0 is cut: its chance would be 0 or 1 to the computer."""
FIRST = 3
"""As many passages as a reply shows."""
IN_DOUBT = 0.2
"""With a lower chance that the right passage is of one kind, or of the other, none of it is put
among the first (docs/knowledge.md has what it was chosen on)."""
LEAST = 1e-3
"""A chance or a share is held for no less, and no more than 1 less so much."""


@dataclass(frozen=True)
class OwnTextWeights:
    """How much each value tells. `views`: of which passage fits. `found_here`: of whether the right
    one is among those without questions. `answers`: of whether one of these answers at all."""

    views: Floats
    found_here: Floats
    answers: Floats

    @classmethod
    def read(cls, folder: Path = FOLDER) -> OwnTextWeights:
        """As `python -m knowledge.tuning.weighing` wrote them."""
        stored = json.loads(read_text(folder / "own_text.json"))
        return cls(
            np.array([stored["views"][name] for name in VIEWS], dtype=np.float32),
            np.array([stored["found_here"][name] for name in TOLD], dtype=np.float32),
            np.array([stored["answers"][name] for name in TOLD], dtype=np.float32),
        )


TOLD = (
    "always",
    "asked about",
    "own text",
    "best",
    "answered",
    "gap",
    "outside",
    *(f"asked about: {name}" for name in NEARNESS),
    *(f"own text: {name}" for name in NEARNESS),
)


def told(asked: Floats, own: Floats, chances: Floats, near: Floats) -> Floats:
    """One value for each name in TOLD: how well both kinds of passage fit, `asked` those with
    questions, the chances without the others, and how near both kinds are."""
    return np.array(
        [
            1.0,
            log_sum(asked),
            log_sum(own),
            own.max(),
            *(_logit(chances[kind]) for kind in (ANSWERED, GAP, OUT_OF_SCOPE)),
            *near,
        ],
        dtype=np.float32,
    )


def _logit(chance: float) -> float:
    kept = min(max(float(chance), LEAST), 1 - LEAST)
    return float(np.log(kept / (1 - kept)))


def _chance(logit: float) -> float:
    """Neither 0 nor 1, so that it has a logarithm."""
    return float(1 / (1 + np.exp(-np.clip(logit, -SUREST, SUREST))))


@dataclass(frozen=True)
class Weighed:
    """Of all passages the logarithm of their share of belief, the chances of answered, gap and out
    of scope, and the chance that the right passage is among those that nobody asks about."""

    scores: Floats
    chances: Floats
    here: float


class OwnText:
    """Looks at passages in four ways. `numbers` are those of the passages it knows,
    `asked_about` those of the others.

    passage: likeness to the passage, with its heading and lead-in. sentence: likeness to the
    nearest of its sentences and of the few questions it may have. words: BM25 over both. length:
    how many words it has, as a logarithm, for what is short is near to anything.
    """

    def __init__(
        self,
        corpus: Corpus,
        words: Words,
        weights: OwnTextWeights,
        engine: SearchEngine | None = None,
    ) -> None:
        """Without an `engine` it holds what it searches in memory."""
        engine = engine or MemoryEngine()
        self._weights = weights
        self.numbers = np.flatnonzero(~corpus.asked_about)
        self.asked_about = np.flatnonzero(corpus.asked_about)
        self._words = words
        self._vectors = VectorRows((corpus.passages.retrieval, self.numbers))
        self._sentences, self._owners = _parts(corpus)
        self._rows = RowsByOwner.of(self._owners, len(corpus.passage_ids))
        self._store = engine.vectors("own_passages", self._vectors)
        self._sentence_store = engine.vectors("own_sentences", self._sentences)
        self._word_store = engine.words(
            "own_words", lambda: _documents(corpus, words), self.numbers
        )
        own_nearness = Nearness(self._store, self._sentence_store)
        self._nearness = (_nearness(corpus.only_asked_about(), engine), own_nearness)
        lengths = [len(text.split()) for text in corpus.passages.texts]
        self._lengths = np.log(np.array(lengths, dtype=np.float32)[self.numbers] + 1)

    @classmethod
    def of(cls, corpus: Corpus, words: Words, engine: SearchEngine) -> OwnText:
        return cls(corpus, words, OwnTextWeights.read(), engine)

    def __call__(self, text: str, vector: Vectors) -> tuple[NDArray[np.int64], Floats]:
        """The numbers of those that may fit, and a score for each. `vector`: the text's retrieval
        vector."""
        numbers, views = self.views(text, vector)
        return numbers, views @ self._weights.views

    def near(self, vector: Vectors) -> Floats:
        """How near passages with questions lie, and those without: the values of NEARNESS twice.
        `vector`: a retrieval vector."""
        return np.concatenate([each(vector) for each in self._nearness])

    def told(self, scores: Floats, chances: Floats, near: Floats, questions: float = 1.0) -> Floats:
        """One value for each name in TOLD, from what `weighed` takes."""
        # What one question's scores tell was learnt, and both kinds grow by more of them unalike.
        of_one = scores / questions
        return told(np.delete(of_one, self.numbers), of_one[self.numbers], chances, near)

    def weighed(
        self,
        scores: Floats,
        chances: Floats,
        near: Floats,
        questions: float = 1.0,
        here: float | None = None,
    ) -> Weighed:
        """From `scores` that are alike only within each kind of passage, the chances of answered,
        gap and out of scope without those that nobody asks about, what `near` gives, and of how
        many questions the scores are the sum. `here`: the chance that the right passage is of
        these, where that is known."""
        asked = np.delete(scores, self.numbers)
        own = scores[self.numbers]
        known = self.told(scores, chances, near, questions)
        if here is None:
            here = _chance(float(known @ self._weights.found_here))
        shares = scores - log_sum(asked) + np.log1p(-here)
        shares[self.numbers] = own - log_sum(own) + np.log(here)
        answers = _chance(float(known @ self._weights.answers))
        left = chances.copy()
        # A gap yields where the right passage is among the new ones and answers. Each kind has to
        # answer by itself: two small chances are no large one. What is out of scope stays so.
        left[ANSWERED] = max(chances[ANSWERED], chances[GAP] * answers * here)
        left[GAP] -= left[ANSWERED] - chances[ANSWERED]
        return Weighed(shares, left, here)

    def both_kinds_first(
        self, best: NDArray[np.int64], scores: Floats, here: float
    ) -> NDArray[np.int64]:
        """`best` with the best of either kind among the FIRST, while it may be the right one."""
        if not IN_DOUBT <= here <= 1 - IN_DOUBT:
            return best
        own = np.isin(best[:FIRST], self.numbers)
        if own.any() and not own.all():
            return best
        others = self.asked_about if own[0] else self.numbers
        if not len(others):
            return best
        other = int(others[np.argmax(scores[others])])
        return np.insert(best[best != other], FIRST - 1, other)

    def views(self, text: str, vector: Vectors) -> tuple[NDArray[np.int64], Floats]:
        """The numbers of those that may fit, and a row of VIEWS for each."""
        matches = self._word_store.matches(self._words.terms(text))
        places = self._shortlist(vector, matches)
        sentences = self._rows.table(self.numbers[places])
        likeness = self._sentences[sentences] @ vector
        likeness[sentences < 0] = -1.0
        rows = np.stack(
            [
                self._vectors[places] @ vector,
                likeness.max(axis=1),
                matches.scores(self.numbers[places]) / WORD_SCALE,
                self._lengths[places],
            ],
            axis=1,
        )
        return self.numbers[places], rows.astype(np.float32)

    def _shortlist(self, vector: Vectors, matches: WordMatches) -> NDArray[np.int64]:
        """Places in `numbers`: the nearest as wholes, by a sentence, and by words."""
        whole, _ = self._store.nearest(vector, SHORTLIST)
        within, _ = self._sentence_store.nearest(vector, SENTENCES_FETCHED)
        numbers = np.concatenate([self._owners[within], matches.best(SHORTLIST)])
        return np.unique(np.concatenate([whole, np.searchsorted(self.numbers, numbers)]))


def _parts(corpus: Corpus) -> tuple[VectorRows, NDArray[np.int64]]:
    """The sentences of the passages without questions enough, and the few questions that these
    have: their retrieval vectors, and the number of the passage that each is of."""
    kinds = (corpus.sentences, corpus.questions)
    chosen = [np.flatnonzero(~corpus.asked_about[kind.owners]) for kind in kinds]
    parts = [(kind.retrieval, rows) for kind, rows in zip(kinds, chosen, strict=True)]
    owners = [kind.owners[rows] for kind, rows in zip(kinds, chosen, strict=True)]
    return VectorRows(*parts), np.concatenate(owners)


def _nearness(corpus: Corpus, engine: SearchEngine) -> Nearness:
    """Of passages that are found by their questions."""
    passages = VectorRows.all_of(corpus.passages.retrieval)
    sentences = VectorRows.all_of(corpus.sentences.retrieval)
    return Nearness(
        engine.vectors("asked_passages_retrieval", passages),
        engine.vectors("asked_sentences_retrieval", sentences),
    )


def _documents(corpus: Corpus, words: Words) -> list[list[str]]:
    """The terms of every passage, so that a word is as rare as it is in all of them; of those that
    are found by their own text with their questions."""
    documents = [words.terms(text) for text in corpus.passages.texts]
    for text, owner in zip(corpus.questions.texts, corpus.questions.owners, strict=True):
        if not corpus.asked_about[owner]:
            documents[owner] += words.terms(text)
    return documents

"""From a question to passages and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import ANSWERED, GAP
from knowledge.encoder import Encoder
from knowledge.findings import Verdict
from knowledge.index import Index
from knowledge.library import Document
from knowledge.ranking import AREA_ADVANTAGE, Floats, Ranker
from knowledge.verdict import Evidence, nearest_topic

VERDICTS: tuple[Verdict, ...] = ("answerable", "not_in_sources", "out_of_scope")
LEANING = 2.0
"""How much a follow-up leans on the question before it: so much, divided by the score of what its
own words find best. docs/knowledge.md has what it was chosen on."""
NAMED_ADVANTAGE = 6.0
"""In 14 of 14 questions of strangers that name a document, it was that document which answered; at
1.5 it came first in all of them. It is more, so that a named document also comes before the area
that was chosen for the conversation (`AREA_ADVANTAGE`)."""


@dataclass(frozen=True)
class Found:
    """Passage ids with their share of the belief, best first, and what speaks for an answer."""

    passages: tuple[tuple[str, float], ...]
    verdict: Verdict
    chance: float
    topic: str | None


class Search:
    """Finds passages for questions. Holds no state between questions."""

    def __init__(self, encoder: Encoder, index: Index, documents: Sequence[Document]):
        """`documents` are the documents of the passages, in the order of the corpus."""
        self.encoder = encoder
        self.words = index.words
        self.corpus = index.corpus
        self.learned = index.learned
        self.ranker = Ranker(index.corpus, index.words, index.learned.passage_head)
        self.evidence = Evidence(index.corpus, index.learned.kind_head, index.learned.phrase_head)
        self._areas = np.array([document.area or "" for document in documents])
        self._documents = np.array([document.id for document in documents])

    def __call__(
        self,
        query: str,
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
    ) -> Found:
        """`documents` are the ids of those whose passages come first.

        A message with no search term of its own, such as "why", is read with the question before
        it. With one it is taken by its own words, and leans on the question before it the more,
        the less they find.
        """
        if context and not self.words.terms(query):
            query, context = f"{context[-1]} {query}", ()
        text = self.words.correct(query)
        vector = self.encoder.query(text)
        found = self.ranker.candidates(text, vector)
        scores = found.views @ self.learned.view_weights
        chances = self.learned.decision.chances(self.evidence(text, vector, found, scores))
        kind = self.learned.decision.kind(chances)
        numbers = found.numbers
        if context:
            numbers, scores = self._leaning(numbers, scores, context[-1])
        if area:
            scores = scores + AREA_ADVANTAGE * (self._areas[numbers] == area)
        if documents:
            scores = scores + NAMED_ADVANTAGE * np.isin(self._documents[numbers], documents)
        shares = np.exp(scores - np.logaddexp.reduce(scores))
        best = np.argsort(-scores, kind="stable")
        return Found(
            tuple((self.corpus.passage_ids[numbers[n]], float(shares[n])) for n in best),
            VERDICTS[kind],
            float(chances[ANSWERED]),
            self._topic(kind, vector),
        )

    def _leaning(
        self, numbers: NDArray[np.int64], scores: Floats, earlier: str
    ) -> tuple[NDArray[np.int64], Floats]:
        """The passages that the words and the earlier question find, with both scores blended."""
        text = self.words.correct(earlier)
        before = self.ranker.candidates(text, self.encoder.query(text))
        weight = LEANING / max(float(scores.max()), LEANING)
        blended = self._table(numbers, scores) + weight * self._table(
            before.numbers, before.views @ self.learned.view_weights
        )
        both = np.union1d(numbers, before.numbers)
        return both, blended[both]

    def _table(self, numbers: NDArray[np.int64], scores: Floats) -> Floats:
        """A score for every passage: the least of all for those not found."""
        table = np.full(len(self.corpus.passage_ids), scores.min(), dtype=np.float32)
        table[numbers] = scores
        return table

    def _topic(self, kind: int, vector: Floats) -> str | None:
        if kind == ANSWERED:
            return None
        if kind == GAP:
            return self.corpus.gap_ids[nearest_topic(self.corpus.gaps, vector)]
        return self.corpus.scope_ids[nearest_topic(self.corpus.out_of_scope, vector)]

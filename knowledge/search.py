"""From a question to passages and a verdict."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.corpus import ANSWERED, GAP
from knowledge.encoder import Encoder
from knowledge.findings import Verdict
from knowledge.index import Index
from knowledge.ranking import AREA_ADVANTAGE, Floats, Ranker
from knowledge.verdict import Evidence, nearest_topic

VERDICTS: tuple[Verdict, ...] = ("answerable", "not_in_sources", "out_of_scope")
OWN_WORDS_SHARE = 0.5
FOLLOW_UP_WORDS = 12
FOLLOW_UP = re.compile(
    r"^(and|but|so|ok so|then|what if|what about|how about|what else|why|or)\b"
    r"|\b(it|that|this|these|those|they|them|then|one|though|he|she|him|there|any of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """Passage ids with their share of the belief, best first, and what speaks for an answer."""

    passages: tuple[tuple[str, float], ...]
    verdict: Verdict
    chance: float
    topic: str | None


class Search:
    """Finds passages for questions. Holds no state between questions."""

    def __init__(self, encoder: Encoder, index: Index, areas: Sequence[str | None]):
        """`areas` are the areas of the passages, in the order of the corpus."""
        self.encoder = encoder
        self.words = index.words
        self.corpus = index.corpus
        self.learned = index.learned
        self.ranker = Ranker(index.corpus, index.words, index.learned.passage_head)
        self.evidence = Evidence(index.corpus, index.learned.kind_head, index.learned.phrase_head)
        self._areas = np.array([area or "" for area in areas])

    def __call__(self, query: str, area: str | None = None, context: Sequence[str] = ()) -> Found:
        earlier = context[-1] if context and follows_up(query) else None
        text = self.words.correct(f"{earlier} {query}" if earlier else query)
        vector = self.encoder.query(text)
        found = self.ranker.candidates(text, vector)
        scores = found.views @ self.learned.view_weights
        evidence = self.evidence(text, vector, found, scores)
        chances = self.learned.decision.chances(evidence)
        kind = self.learned.decision.kind(chances)
        if earlier:
            scores = scores + OWN_WORDS_SHARE * self._own_scores(query, found.numbers)
        if area:
            scores = scores + AREA_ADVANTAGE * (self._areas[found.numbers] == area)
        shares = np.exp(scores - np.logaddexp.reduce(scores))
        best = np.argsort(-scores, kind="stable")
        return Found(
            tuple((self.corpus.passage_ids[found.numbers[n]], float(shares[n])) for n in best),
            VERDICTS[kind],
            float(chances[ANSWERED]),
            self._topic(kind, vector),
        )

    def _own_scores(self, query: str, numbers: np.typing.NDArray[np.int64]) -> Floats:
        """Scores of the follow-up's own words for the passages `numbers`; 0 where not found."""
        text = self.words.correct(query)
        own = self.ranker.candidates(text, self.encoder.query(text))
        scores = own.views @ self.learned.view_weights
        table = np.full(len(self.corpus.passage_ids), scores.min(), dtype=np.float32)
        table[own.numbers] = scores
        chosen: Floats = table[numbers]
        return chosen

    def _topic(self, kind: int, vector: Floats) -> str | None:
        if kind == ANSWERED:
            return None
        if kind == GAP:
            return self.corpus.gap_ids[nearest_topic(self.corpus.gaps, vector)]
        return self.corpus.scope_ids[nearest_topic(self.corpus.out_of_scope, vector)]


def follows_up(query: str) -> bool:
    """Whether a question leans on what was said before it."""
    return len(query.split()) <= FOLLOW_UP_WORDS and FOLLOW_UP.search(query.strip()) is not None

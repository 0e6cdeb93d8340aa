"""From a question to a score for every passage, and the chances that one answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.asking import asking_sentences
from knowledge.encoder import Encoder, Vectors
from knowledge.heads import MessageHeads, Opinion
from knowledge.index import Index
from knowledge.own_text import OwnText
from knowledge.ranking import Candidates, Floats, Ranker
from knowledge.text_pairs import with_earlier
from knowledge.verdict import Evidence

ASKED_WEIGHS = 1 / 3
"""The share of what the sentences find in which something is asked, beside the whole message. On
354 stories by four strangers (`data/messages`) the right passage came first in .79 and not in .71,
and among three in .90 and not in .86; more weight gave less."""
OPINION_WEIGHS = 0.3
"""Of the logits that the whole message gives the passages. Of 140 first messages of four authors
unseen until then (s16 to s18, t1) the right passage was among three in .993, with 0.15 in .971;
with 0.5 it came first less often, .886 and not .893."""
READ_TOGETHER = 2
"""Messages before the one that is read: as many as are read together for danger."""
NOTHING_NEAR = np.zeros(0, dtype=np.float32)
LEANING = 4.0
"""How much a follow-up leans on the question before it: so much, divided by the score of what its
own words find best. docs/knowledge.md has what it was chosen on."""
TINY = 1e-4


@dataclass(frozen=True)
class Unweighed:
    """Of every passage a score, alike only within those with and those without questions; the
    chances that one of the first answers, of a gap and of what is out of scope; how near both kinds
    lie, nothing where there is only one; and of how many questions the scores are the sum, for a
    follow-up leans on the one before."""

    scores: Floats
    chances: Floats
    near: Floats
    questions: float


class Scorer:
    """`own_text` looks at the passages that nobody has written questions for; None where there is
    none. Holds no state between questions."""

    def __init__(self, encoder: Encoder, index: Index, heads: MessageHeads) -> None:
        self.encoder = encoder
        self.words = index.words
        self.corpus = index.corpus
        self._learned = index.learned
        asked_about = index.corpus.only_asked_about()
        head, engine = index.learned.passage_head, index.engine
        self._ranker = Ranker(asked_about, index.words, head, engine)
        self._evidence = Evidence(asked_about, index.learned.kind_head, index.learned.phrase_head)
        self._ranked = np.flatnonzero(index.corpus.asked_about)
        everything_asked = bool(index.corpus.asked_about.all())
        self.own_text = None if everything_asked else OwnText.of(index.corpus, index.words, engine)
        self._heads = heads
        known = {passage: column for column, passage in enumerate(heads.passage_ids)}
        self._columns = np.array([known.get(each, -1) for each in index.corpus.passage_ids])

    def __call__(self, query: str, context: Sequence[str] = ()) -> Unweighed:
        """What speaks for each passage, before the two kinds are brought together."""
        query, context = self.together(query, context)
        text = self.words.correct(query)
        vector = self.encoder.query(text)
        found = self._ranker.candidates(text, vector)
        own = found.views @ self._learned.view_weights
        evidence = self._learned.decision.chances(self._evidence(text, vector, found, own))
        scores = self._table(text, found, own)
        leaning = LEANING / max(float(own.max()), LEANING) if context else 0.0
        if context:
            scores = scores + leaning * self._scores(context[-1])
        if asked := asking_sentences(query):
            within = np.max([self._scores(each) for each in asked], axis=0)
            scores = (1 - ASKED_WEIGHS) * scores + ASKED_WEIGHS * within
        opinion = self._opinion(query, context[-READ_TOGETHER:], leaning)
        scores = scores + OPINION_WEIGHS * opinion.passages[self._columns]
        near = self._near(query, context, leaning)
        return Unweighed(scores, agreed(evidence, opinion.kinds), near, 1 + leaning)

    def _near(self, query: str, context: Sequence[str], leaning: float) -> Floats:
        """How near both kinds of passage lie. A follow-up is as near as the question before it, by
        as much as it leans on that."""
        if self.own_text is None:
            return NOTHING_NEAR
        own = self.own_text.near(self._retrieval(query))
        if not context:
            return own
        before = self.own_text.near(self._retrieval(context[-1]))
        return np.average([own, before], axis=0, weights=[1, leaning]).astype(np.float32)

    def _retrieval(self, text: str) -> Vectors:
        return self.encoder.retrieval_query(self.words.correct(text))

    def together(self, query: str, context: Sequence[str]) -> tuple[str, Sequence[str]]:
        """What is read of them: a message with no search term of its own is read with the one
        before it."""
        if context and not self.words.terms(query):
            return f"{context[-1]} {query}", ()
        return query, context

    def _scores(self, text: str) -> Floats:
        """For every passage how well it fits `text` alone."""
        corrected = self.words.correct(text)
        found = self._ranker.candidates(corrected, self.encoder.query(corrected))
        return self._table(corrected, found, found.views @ self._learned.view_weights)

    def _opinion(self, query: str, context: Sequence[str], leaning: float) -> Opinion:
        """Of the message alone and, by how much it leans on those before it, of all."""
        own = self._heads.opinion(self.encoder.read([query])[0])
        if not context:
            return own
        both = self._heads.opinion(self.encoder.read([with_earlier(context, query)])[0])
        return Opinion(
            (1 - leaning) * own.kinds + leaning * both.kinds,
            (1 - leaning) * own.passages + leaning * both.passages,
        )

    def _table(self, text: str, found: Candidates, scores: Floats) -> Floats:
        """A score for every passage: for those not found the least of their kind."""
        table = np.full(len(self.corpus.passage_ids), scores.min(), dtype=np.float32)
        table[self._ranked[found.numbers]] = scores
        if self.own_text:
            numbers, own = self.own_text(text, self.encoder.retrieval_query(text))
            table[self.own_text.numbers] = own.min()
            table[numbers] = own
        return table


def agreed(one: Floats, other: Floats) -> Floats:
    """Of two opinions the geometric mean, so that either may doubt the other."""
    chances = np.sqrt(one * other) + TINY
    shares: Floats = chances / chances.sum()
    return shares

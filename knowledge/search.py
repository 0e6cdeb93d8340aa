"""From a question to passages and a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.asking import asking_sentences
from knowledge.corpus import ANSWERED, GAP, OUT_OF_SCOPE
from knowledge.costs import Act, Costs
from knowledge.documents import Document
from knowledge.encoder import Encoder, Vectors
from knowledge.heads import MessageHeads, Opinion
from knowledge.index import Index
from knowledge.own_text import OwnText
from knowledge.questions import Topic
from knowledge.ranking import AREA_ADVANTAGE, Candidates, Floats, Ranker, largest_first, log_sum
from knowledge.text_pairs import with_earlier
from knowledge.topics import Topics
from knowledge.verdict import Evidence, nearest_topic
from knowledge.written import WrittenQuestions

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
MOST_FOUND = 1_000
"""So many passages are told apart; of what is searched no more than some 300 are looked at, and the
others share the least score of their kind."""
NOTHING_NEAR = np.zeros(0, dtype=np.float32)
TINY = 1e-4
LEANING = 4.0
"""How much a follow-up leans on the question before it: so much, divided by the score of what its
own words find best. docs/knowledge.md has what it was chosen on."""
NAMED_HERE = 0.999
"""The chance that the right passage is one of a document's own, where a question names it: nearly
certain, so that its logarithms stay numbers."""
NAMED_ADVANTAGE = 7.0
"""In 14 of 14 questions of strangers that name a document, it was that document which answered; at
1.5 it came first in all of them. It is more, so that a named document also comes before the area
that was chosen for the conversation (`AREA_ADVANTAGE`), and before what the whole message says."""


@dataclass(frozen=True)
class Found:
    """Passage ids with their share of the belief, the MOST_FOUND best, best first, and what speaks
    for an answer.

    `is_written`: the question is written for the gap that `topic` names, in the same words.
    `elsewhere`: the id of a gap that yields to the first passage in one area only.
    """

    passages: tuple[tuple[str, float], ...]
    act: Act
    chance: float
    topic: str | None
    is_written: bool = False
    elsewhere: str | None = None


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


class Search:
    """Finds passages for questions. Holds no state between questions."""

    def __init__(
        self,
        encoder: Encoder,
        index: Index,
        documents: Sequence[Document],
        gaps: Mapping[str, Topic],
        heads: MessageHeads,
        costs: Costs,
    ):
        """`documents` are those of the passages, in the order of the corpus; `gaps` has each gap by
        its id."""
        self.encoder = encoder
        self.words = index.words
        self.corpus = index.corpus
        self.learned = index.learned
        asked_about = index.corpus.only_asked_about()
        self.ranker = Ranker(asked_about, index.words, index.learned.passage_head)
        self.evidence = Evidence(asked_about, index.learned.kind_head, index.learned.phrase_head)
        self._ranked = np.flatnonzero(index.corpus.asked_about)
        everything_asked = bool(index.corpus.asked_about.all())
        self.own_text = None if everything_asked else OwnText.of(index.corpus, index.words)
        self._written = WrittenQuestions(index.corpus.questions, index.words)
        self._written_for_gaps = WrittenQuestions(index.corpus.gaps, index.words)
        self._heads = heads
        self._costs = costs
        self._numbers = {each: n for n, each in enumerate(index.corpus.passage_ids)}
        known = {passage: column for column, passage in enumerate(heads.passage_ids)}
        self._columns = np.array([known.get(each, -1) for each in index.corpus.passage_ids])
        self._areas = np.array([document.area or "" for document in documents])
        self._imported_on = [document.imported_on for document in documents]
        self._local_to = [document.local_to for document in documents]
        self._gaps = gaps
        self._documents = np.array([document.id for document in documents])
        self.topics = Topics(index.corpus.passages.texts, documents, index.words)
        superseded = {other for document in documents for other in document.supersedes}
        self._superseded = np.isin(self._documents, list(superseded))

    def __call__(
        self,
        query: str,
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
        *,
        asked: str = "",
        word_for_word: Sequence[str] = (),
        in_other_words: bool = False,
    ) -> Found:
        """`documents` are the ids of those whose passages come first, and `asked` is what the query
        asks of them, without their names. `word_for_word`: the passages that hold all of `query`,
        or that it is the heading of, in their order: they answer it.

        A message with no search term of its own, such as "why", is read with the question before
        it. With one it is taken by its own words, and leans on the question before it the more,
        the less they find. A question that is written for a passage is answered by it, and one that
        is written for a gap is that gap, unless a document that is newer answers it.
        `in_other_words`: as if none were written for a gap, which is how whoever puts it otherwise
        fares.
        """
        named = self._without_questions(documents) if asked else ()
        if named:
            query = asked
        found = self.unweighed(query, context)
        scores, before = found.scores, found.chances
        chances = before
        weighed = (
            self.own_text.weighed(
                scores, chances, found.near, found.questions, here=NAMED_HERE if named else None
            )
            if self.own_text
            else None
        )
        if weighed:
            scores, chances = weighed.scores, weighed.chances
        # Among equals the newer document comes first.
        scores = scores - AREA_ADVANTAGE * self._superseded
        if area:
            scores = scores + AREA_ADVANTAGE * (self._areas == area)
        if documents:
            scores = scores + NAMED_ADVANTAGE * np.isin(self._documents, documents)
        # Whoever wrote the question for a passage has decided what it asks for.
        decided = list(self._written(query))
        if decided:
            scores[decided] += max(0.0, scores.max() - scores[decided].max()) + TINY
        elif word_for_word:
            decided = [self._numbers[each] for each in word_for_word]
            scores[decided] = scores.max() + TINY * np.arange(len(decided), 0, -1)
        elif named and self.topics.is_about(query, named[0]):
            # Ranked as it is, and claimed: it is asked of what it is about.
            decided = [int(np.argmax(scores))]
        elif named and (decided := self.topics.holding(query, named)):
            # Whoever asks a document for what one of its passages holds is answered by it.
            scores[decided] += max(0.0, scores.max() - scores[decided].min()) + TINY
        best = largest_first(scores, MOST_FOUND)
        if self.own_text and weighed and not (documents or word_for_word):
            best = self.own_text.both_kinds_first(best, scores, weighed.here)
        shares = np.exp(scores[best] - log_sum(scores))
        passages = tuple(
            (self.corpus.passage_ids[n], float(share))
            for n, share in zip(best, shares, strict=True)
        )
        chance = float(chances[ANSWERED])
        act = "answers" if decided else self._costs.of_answer(*map(float, chances))
        if named:
            act = self._of_a_document(act, query, named)
        elif act == "answers" and not decided and self._is_beside(query, context, int(best[0])):
            act = "closest"
        if not (decided or in_other_words) and len(gaps := self._written_for_gaps(query)):
            gap = self.corpus.gap_ids[gaps[0]]
            if self._answered_in(gap, area):
                return Found(passages, at_least_near(act), chance, None)
            if self._answered_in(gap, self._local_to[best[0]]):
                return Found(passages, at_least_near(act), chance, None, elsewhere=gap)
            if act != "answers" or self._decided_since(gap, int(best[0])):
                return Found(passages, "not_covered", chance, gap, is_written=True)
        topic = self._topic(act, chances, query, context)
        if self._answered_in(topic, area):
            act, topic = at_least_near(act), None
        elsewhere = None
        if not (documents or word_for_word) and act in ("answers", "closest"):
            elsewhere = self._elsewhere(int(best[0]), area, before, query, context)
        return Found(passages, act, chance, topic, elsewhere=elsewhere)

    def _answered_in(self, gap_id: str | None, area: str | None) -> bool:
        """Whether somebody has decided that the area's own document answers the gap."""
        gap = self._gaps.get(gap_id or "")
        return gap is not None and area in gap.answered_in

    def _elsewhere(
        self, number: int, area: str | None, before: Floats, query: str, context: Sequence[str]
    ) -> str | None:
        """The gap that there would be without the documents that nobody asks about, where the best
        passage is one area's of them and that is not the asker's. `before`: the chances without
        those documents."""
        local_to = self._local_to[number]
        if self.corpus.asked_about[number] or local_to in (None, area):
            return None
        act = self._costs.of_answer(*map(float, before))
        gap = self._topic(act, before, query, context)
        told = act == "not_covered" or (act == "closest" and self._answered_in(gap, local_to))
        return gap if told and gap in self._gaps else None

    def _without_questions(self, documents: Sequence[str]) -> Sequence[int]:
        """The numbers of their passages, where all of these are found by their own text."""
        numbers = np.flatnonzero(np.isin(self._documents, documents))
        return () if self.corpus.asked_about[numbers].any() else [int(n) for n in numbers]

    def _of_a_document(self, act: Act, asked: str, named: Sequence[int]) -> Act:
        """Whoever names a document is shown what of it is nearest to what they ask, if it says
        anything of that."""
        if act in ("not_covered", "outside") and self.topics.touching(asked, named):
            return "closest"
        return act

    def _is_beside(self, query: str, context: Sequence[str], number: int) -> bool:
        """Whether the passage is one of a document on something else, of which neither this nor the
        question before it speaks: what is said of one thing need not hold for another."""
        if self.corpus.asked_about[number]:
            return False
        return self.topics.is_beside(" ".join((*context[-1:], query)), number)

    def unweighed(self, query: str, context: Sequence[str] = ()) -> Unweighed:
        """What speaks for each passage, before the two kinds are brought together."""
        query, context = self._together(query, context)
        text = self.words.correct(query)
        vector = self.encoder.query(text)
        found = self.ranker.candidates(text, vector)
        own = found.views @ self.learned.view_weights
        evidence = self.learned.decision.chances(self.evidence(text, vector, found, own))
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

    def _decided_since(self, gap_id: str, number: int) -> bool:
        """Whether the gap was added when the passage was there: whoever wrote the question for it
        has decided that it does not answer. A gap that is older than a document yields to it."""
        imported_on, added_on = self._imported_on[number], self._gaps[gap_id].added_on
        return imported_on is None or (added_on is not None and added_on >= imported_on)

    def _together(self, query: str, context: Sequence[str]) -> tuple[str, Sequence[str]]:
        if context and not self.words.terms(query):
            return f"{context[-1]} {query}", ()
        return query, context

    def _scores(self, text: str) -> Floats:
        """For every passage how well it fits `text` alone."""
        corrected = self.words.correct(text)
        found = self.ranker.candidates(corrected, self.encoder.query(corrected))
        return self._table(corrected, found, found.views @ self.learned.view_weights)

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

    def _topic(self, act: Act, chances: Floats, query: str, context: Sequence[str]) -> str | None:
        """What is not answered, or perhaps not."""
        if act == "answers":
            return None
        together, _ = self._together(query, context)
        vector = self.encoder.query(self.words.correct(together))
        if act == "outside" or chances[OUT_OF_SCOPE] > chances[GAP]:
            return self.corpus.scope_ids[nearest_topic(self.corpus.out_of_scope, vector)]
        return self.corpus.gap_ids[nearest_topic(self.corpus.gaps, vector)]


def at_least_near(act: Act) -> Act:
    """The passages are shown, if only as the nearest."""
    return act if act == "answers" else "closest"


def agreed(one: Floats, other: Floats) -> Floats:
    """Of two opinions the geometric mean, so that either may doubt the other."""
    chances = np.sqrt(one * other) + TINY
    shares: Floats = chances / chances.sum()
    return shares

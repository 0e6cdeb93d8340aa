"""From a question to passages and a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import ANSWERED, GAP, OUT_OF_SCOPE
from knowledge.costs import Act, Costs
from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.heads import MessageHeads
from knowledge.index import Index
from knowledge.own_text import Weighed
from knowledge.questions import Topic
from knowledge.ranking import AREA_ADVANTAGE, Floats, largest_first, log_sum
from knowledge.scoring import TINY, Scorer, Unweighed
from knowledge.verdict import nearest_topic
from knowledge.written import WrittenQuestions

MOST_FOUND = 1_000
"""So many passages are told apart; of what is searched no more than some 300 are looked at, and the
others share the least score of their kind."""
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
        self.scorer = Scorer(encoder, index, heads)
        self._encoder = encoder
        self._words = index.words
        self._corpus = index.corpus
        self._written = WrittenQuestions(index.corpus.questions, index.words)
        self._written_for_gaps = WrittenQuestions(index.corpus.gaps, index.words)
        self._costs = costs
        self._numbers = {each: n for n, each in enumerate(index.corpus.passage_ids)}
        self._areas = np.array([document.area or "" for document in documents])
        self._imported_on = [document.imported_on for document in documents]
        self._local_to = [document.local_to for document in documents]
        self._gaps = gaps
        self._documents = np.array([document.id for document in documents])
        self._titles = [document.title for document in documents]
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
        typed, query = query, asked if named else query
        found = self.scorer(query, context)
        weighed = self._weighed(found, is_named=bool(named))
        scores = self._preferred(weighed.scores, area, documents)
        decided = self._decided(typed, query, scores, named, word_for_word)
        best = largest_first(scores, MOST_FOUND)
        if self.scorer.own_text and not (documents or word_for_word):
            best = self.scorer.own_text.both_kinds_first(best, scores, weighed.here)
        act = "answers" if decided else self._costs.of_answer(*map(float, weighed.chances))
        if named:
            act = self._of_a_document(act, query, named)
        passages = self._with_shares(best, scores)
        chance = float(weighed.chances[ANSWERED])
        if not (decided or in_other_words) and len(gaps := self._written_for_gaps(query)):
            gap = self._corpus.gap_ids[gaps[0]]
            if self._answered_in(gap, area):
                return Found(passages, at_least_near(act), chance, None)
            if self._answered_in(gap, self._local_to[best[0]]):
                return Found(passages, at_least_near(act), chance, None, elsewhere=gap)
            if act != "answers" or self._decided_since(gap, int(best[0])):
                return Found(passages, "not_covered", chance, gap, is_written=True)
        topic = self._topic(act, weighed.chances, query, context)
        if self._answered_in(topic, area):
            act, topic = at_least_near(act), None
        elsewhere = None
        if not (documents or word_for_word) and act in ("answers", "closest"):
            elsewhere = self._elsewhere(int(best[0]), area, found.chances, query, context)
        return Found(passages, act, chance, topic, elsewhere=elsewhere)

    def is_pinned(self, text: str) -> bool:
        """Whether it is written for a passage."""
        return bool(len(self._written(text)))

    def written_gaps(self, text: str) -> list[str]:
        """The ids of the gaps that it is written for."""
        return [self._corpus.gap_ids[n] for n in self._written_for_gaps(text)]

    def _weighed(self, found: Unweighed, *, is_named: bool) -> Weighed:
        """Both kinds of passage brought together. `is_named`: the question names the document that
        is to answer it."""
        own_text = self.scorer.own_text
        if own_text is None:
            return Weighed(found.scores, found.chances, 0.0)
        here = NAMED_HERE if is_named else None
        return own_text.weighed(found.scores, found.chances, found.near, found.questions, here=here)

    def _preferred(self, scores: Floats, area: str | None, documents: Sequence[str]) -> Floats:
        """Among equals the newer document comes first, and the asker's own area."""
        scores = scores - AREA_ADVANTAGE * self._superseded
        if area:
            scores = scores + AREA_ADVANTAGE * (self._areas == area)
        if documents:
            scores = scores + NAMED_ADVANTAGE * np.isin(self._documents, documents)
        return scores

    def _decided(
        self,
        typed: str,
        query: str,
        scores: Floats,
        named: Sequence[int],
        word_for_word: Sequence[str],
    ) -> list[int]:
        """The numbers of the passages that answer, whatever the chances say. In `scores` they are
        put first. `typed`: the query with the names of documents in it."""
        if written := list(self._written(typed)):
            # Whoever wrote the question for a passage has decided what it asks for.
            scores[written] += max(0.0, scores.max() - scores[written].max()) + TINY
            return written
        if word_for_word:
            held = [self._numbers[each] for each in word_for_word]
            scores[held] = scores.max() + TINY * np.arange(len(held), 0, -1)
            return held
        if holding := self._holding(query, named):
            # Whoever asks a document for what one of its passages holds is answered by it.
            scores[holding] += max(0.0, scores.max() - scores[holding].min()) + TINY
            return holding
        return []

    def _with_shares(
        self, best: NDArray[np.int64], scores: Floats
    ) -> tuple[tuple[str, float], ...]:
        shares = np.exp(scores[best] - log_sum(scores))
        each = zip(best, shares, strict=True)
        return tuple((self._corpus.passage_ids[n], float(share)) for n, share in each)

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
        if self._corpus.asked_about[number] or local_to in (None, area):
            return None
        act = self._costs.of_answer(*map(float, before))
        gap = self._topic(act, before, query, context)
        told = act == "not_covered" or (act == "closest" and self._answered_in(gap, local_to))
        return gap if told and gap in self._gaps else None

    def _without_questions(self, documents: Sequence[str]) -> Sequence[int]:
        """The numbers of their passages, where all of these are found by their own text."""
        numbers = np.flatnonzero(np.isin(self._documents, documents))
        return () if self._corpus.asked_about[numbers].any() else [int(n) for n in numbers]

    def _holding(self, asked: str, named: Sequence[int]) -> list[int]:
        """Of the passages `named` those that hold every search term of `asked`, with the title of
        their document; none where it has no term."""
        terms = self._terms(asked)
        return [number for number in named if terms and terms <= self._held(number)]

    def _of_a_document(self, act: Act, asked: str, named: Sequence[int]) -> Act:
        """Whoever names a document is shown what of it is nearest to what they ask, if it says
        anything of that."""
        terms = self._terms(asked)
        if act in ("not_covered", "outside") and any(terms & self._held(n) for n in named):
            return "closest"
        return act

    def _terms(self, asked: str) -> frozenset[str]:
        return frozenset(self._words.terms(self._words.correct(asked)))

    def _held(self, number: int) -> frozenset[str]:
        text = self._corpus.passages.texts[number]
        return frozenset(self._words.terms(f"{self._titles[number]} {text}"))

    def _decided_since(self, gap_id: str, number: int) -> bool:
        """Whether the gap was added when the passage was there: whoever wrote the question for it
        has decided that it does not answer. A gap that is older than a document yields to it."""
        imported_on, added_on = self._imported_on[number], self._gaps[gap_id].added_on
        return imported_on is None or (added_on is not None and added_on >= imported_on)

    def _topic(self, act: Act, chances: Floats, query: str, context: Sequence[str]) -> str | None:
        """What is not answered, or perhaps not."""
        if act == "answers":
            return None
        together, _ = self.scorer.together(query, context)
        vector = self._encoder.query(self._words.correct(together))
        if act == "outside" or chances[OUT_OF_SCOPE] > chances[GAP]:
            return self._corpus.scope_ids[nearest_topic(self._corpus.out_of_scope, vector)]
        return self._corpus.gap_ids[nearest_topic(self._corpus.gaps, vector)]


def at_least_near(act: Act) -> Act:
    """The passages are shown, if only as the nearest."""
    return act if act == "answers" else "closest"

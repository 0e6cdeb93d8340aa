"""Which known gaps a document may answer now: their own questions, asked of the content with it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from bot.operations.compared_document import ComparedDocument
from bot.operations.latest import Latest
from bot.operations.replay.comparison import Progress
from knowledge import Knowledge
from knowledge.known_gaps import read_gaps
from knowledge.questions import Topic, TopicLine

LIKE = 0.33
"""A gap whose questions are less like the nearest passage, on average, is not asked about: beside
any document nearly every gap has questions to which one of its passages is the nearest of all. Of
20 gaps that six documents answer 17 are left, among 61; `python -m bench.gaps` counts them again,
and for three documents on which it was not chosen."""
FEWEST = 3
"""So many gaps are asked about in any case: few passages are less like anything."""
MOST_PASSAGES = 3
"""Of one gap, those that are nearest to most of its questions: as many as a reply shows."""

KEPT = 8
"""Documents for which what was found is kept: more than one partnership changes at a time."""

Asked = frozenset[tuple[str, str]]
"""Of the id of a gap and one of its questions."""


@dataclass(frozen=True)
class Nearest:
    """A question of a gap, and the passage that comes first for it. `is_answered`: it is claimed to
    answer."""

    question: str
    passage_id: str
    is_answered: bool


@dataclass(frozen=True)
class TouchedGap:
    """`nearest`: for those of its questions that lead to the document first; never empty."""

    gap_id: str
    nearest: tuple[Nearest, ...]

    @property
    def answered(self) -> int:
        """How many of its questions are claimed to be answered."""
        return sum(each.is_answered for each in self.nearest)

    @property
    def passages(self) -> tuple[str, ...]:
        """Those that are claimed to answer first, then by how many questions lead to them."""
        led = Counter(each.passage_id for each in self.nearest)
        claimed = {each.passage_id for each in self.nearest if each.is_answered}
        best = sorted(led, key=lambda each: (each not in claimed, -led[each], each))
        return tuple(best[:MOST_PASSAGES])

    def led_to(self, passage_id: str) -> list[Nearest]:
        """The answered first."""
        found = [each for each in self.nearest if each.passage_id == passage_id]
        return sorted(found, key=lambda each: not each.is_answered)


@dataclass(frozen=True)
class TouchedGaps:
    """The gaps whose questions are likest to the document first. `known`: every question of every
    gap that there was."""

    known: Asked
    gaps: tuple[TouchedGap, ...]


def touched_gaps(
    side: Knowledge, passages: Collection[str], progress: Progress | None = None
) -> TouchedGaps:
    """Asks the questions of the gaps that are like the passages, as whoever puts them in other
    words. `passages`: the ids of those that may answer now. Raises EncoderFailed."""
    gaps = side.questions.gaps
    likest = enumerate(side.gaps_like(passages))
    like = [gap_id for n, (gap_id, likeness) in likest if n < FEWEST or likeness >= LIKE]
    asked = [(gap_id, text) for gap_id in like for text in gaps[gap_id].questions]
    found: dict[str, list[Nearest]] = {gap_id: [] for gap_id in like}
    for number, (gap_id, question) in enumerate(asked, start=1):
        findings = side.search(question, 1, in_other_words=True)
        is_claimed = findings.verdict == "answerable" and findings.confidence == "answers"
        for hit in findings.hits:
            if hit.passage_id in passages:
                found[gap_id].append(Nearest(question, hit.passage_id, is_claimed))
        if progress:
            progress(number, len(asked))
    touched = (TouchedGap(gap_id, tuple(nearest)) for gap_id, nearest in found.items() if nearest)
    return TouchedGaps(questions_of(gaps), tuple(touched))


@dataclass
class GapsAsked:
    """Asks in a thread of its own, and keeps what was found for the last documents: deciding about
    a gap asks nothing again. Only where a gap has got another question since is all asked anew."""

    _latest: Latest[TouchedGaps] = field(default_factory=lambda: Latest("touched-gaps"))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _known: dict[str, TouchedGaps] = field(default_factory=dict)

    def ready(
        self,
        compared: ComparedDocument,
        live: Knowledge,
        draft: Callable[[], Knowledge | None],
    ) -> TouchedGaps | None:
        """None while it is being asked, or while the `draft` is being opened, which is needed where
        `live` does not hold the same. Raises what opening and asking raise."""
        words = compared.new_words
        key = _key(compared.id, {each: passage.text for each, passage in words.items()})
        now = questions_of(read_gaps(compared.folder))
        with self._lock:
            known = self._known.get(key)
        if known and now <= known.known:
            return known
        side = live if holds(live, compared, now) else draft()
        if side is None:
            return None
        asked = sha256(repr(sorted(now)).encode()).hexdigest()
        found = self._latest.ready((key, asked), lambda: touched_gaps(side, words))
        if found:
            with self._lock:
                self._known = {**dict(list(self._known.items())[1 - KEPT :]), key: found}
        return found


def holds(side: Knowledge, compared: ComparedDocument, asked: Asked) -> bool:
    """Whether asking this side is asking the document and the gaps as they are there."""
    there = side.library.passages
    same = (each in there and there[each].text == p.text for each, p in compared.new_words.items())
    return all(same) and asked <= questions_of(side.questions.gaps)


def questions_of(gaps: Mapping[str, TopicLine] | Mapping[str, Topic]) -> Asked:
    return frozenset((gap.id, text) for gap in gaps.values() for text in gap.questions)


def _key(document_id: str, texts: Mapping[str, str]) -> str:
    return sha256(repr((document_id, sorted(texts.items()))).encode()).hexdigest()

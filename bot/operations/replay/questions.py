"""The questions that are asked of both sides, and which of very many are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from knowledge import Knowledge
from knowledge.evaluation_set import OwnQuestion
from knowledge.gold import Gold
from knowledge.questions import Topic

MOST = 3000
"""Of the written questions and those of the gaps. On two idle cores both sides take 15 to 25 ms a
question, so these take about a minute, and those that are shipped, 7,034, would take three."""

Kind = Literal["written", "gap", "outside", "own"]


@dataclass(frozen=True)
class ReplayedQuestion:
    """`topic`: the id of the passage that it is written for, or of the gap; empty for an own one.
    `about` says in words what it is about. `answered_by` and `gold` say what answers; where both
    are empty nothing does. `declined`: not even the nearest passages are right."""

    text: str
    kind: Kind
    topic: str
    about: str
    answered_by: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    declined: bool = False

    @property
    def is_answered(self) -> bool:
        return bool(self.answered_by or self.gold)


@dataclass(frozen=True)
class AskedQuestions:
    """`left_out`: what the draft itself has changed, so that no reply to it is worse than before.
    `there_are`: how many there would be without a limit."""

    asked: tuple[ReplayedQuestion, ...]
    there_are: int
    left_out: int


def asked_of(
    live: Knowledge, draft: Knowledge, own: Sequence[OwnQuestion], most: int = MOST
) -> AskedQuestions:
    """All of the partnership's `own`, and `most` of the others, of every topic alike many."""
    written, left_out = _written(live, draft)
    others = [*written, *unanswered(live, draft)]
    asked = sampled(others, most)
    return AskedQuestions((*map(_of_own, own), *asked), len(others) + len(own), left_out=left_out)


def sampled(questions: Sequence[ReplayedQuestion], most: int) -> list[ReplayedQuestion]:
    """The first of every topic, then the second, and so on, in an order that the words alone
    decide: the same questions each time, so that one check can be compared to the next."""
    if len(questions) <= most:
        return list(questions)
    topics: dict[tuple[str, str], list[ReplayedQuestion]] = defaultdict(list)
    for each in questions:
        topics[each.kind, each.topic].append(each)
    ranked = [
        (rank, _shuffled(each), each)
        for of_topic in topics.values()
        for rank, each in enumerate(sorted(of_topic, key=_shuffled))
    ]
    ranked.sort(key=lambda each: each[:2])
    return [each for _, _, each in ranked[:most]]


def _shuffled(question: ReplayedQuestion) -> str:
    return sha256(f"{question.text}\n{question.topic}".encode()).hexdigest()


def _written(live: Knowledge, draft: Knowledge) -> tuple[list[ReplayedQuestion], int]:
    """Those of both whose passage is the same in both, and how many others there are."""
    before, after = (
        {(p, text) for p, texts in side.questions.answered.items() for text in texts}
        for side in (live, draft)
    )
    both = [
        written_for(draft, passage_id, text)
        for passage_id, text in sorted(before & after)
        if draft.library.passages[passage_id].text == live.library.passages[passage_id].text
    ]
    compared = {each.text for each in both}
    return both, len({text for _, text in before | after} - compared)


def unanswered(live: Knowledge, draft: Knowledge) -> list[ReplayedQuestion]:
    """Of either: what the draft takes out of the gaps must not be claimed for that alone."""
    found: dict[tuple[Kind, str, str], ReplayedQuestion] = {}
    for side in (live.questions, draft.questions):
        kinds: tuple[tuple[Kind, Mapping[str, Topic]], ...]
        kinds = ("gap", side.gaps), ("outside", side.out_of_scope)
        for kind, topics in kinds:
            for topic in topics.values():
                for text in topic.questions:
                    found[kind, topic.id, text] = ReplayedQuestion(
                        text, kind, topic.id, topic.topic
                    )
    return list(found.values())


def _of_own(line: OwnQuestion) -> ReplayedQuestion:
    return ReplayedQuestion(
        line.q, "own", "", "", line.passages, line.gold, declined=line.kind == "out_of_scope"
    )


def written_for(side: Knowledge, passage_id: str, text: str) -> ReplayedQuestion:
    citation = side.library.citation(passage_id)
    about = f"{citation.title}, {citation.reference}"
    return ReplayedQuestion(text, "written", passage_id, about, (passage_id,))

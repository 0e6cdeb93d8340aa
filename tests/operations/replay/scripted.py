"""Knowledge whose replies a test writes down."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from knowledge import Answer
from knowledge.findings import Confidence, Verdict
from knowledge.library import Library
from knowledge.questions import Questions, Topic
from tests.api.standins import Shelf
from tests.shipped import LIBRARY


class Scripted(Shelf):
    """The library that is shipped, and for each question the passages that are shown; a question
    without any is not covered. With a `?` before them the passages are only the nearest."""

    def __init__(
        self,
        replies: Mapping[str, str],
        *,
        written: Mapping[str, tuple[str, ...]] | None = None,
        gaps: Mapping[str, tuple[str, ...]] | None = None,
        library: Library = LIBRARY,
    ) -> None:
        super().__init__()
        self.library = library
        self.replies = dict(replies)
        self.asked: list[str] = []
        topics = {
            id: Topic(id, f"about {id}", "", (), questions=each)
            for id, each in (gaps or {}).items()
        }
        self.questions = Questions(dict(written or {}), topics, {})
        self.likeness: dict[str, float] = {}

    def unanswered_like(self, passages: Collection[str]) -> dict[str, float]:
        return self.likeness if passages else {}

    def answer(
        self,
        query: str,
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
        *,
        in_other_words: bool = False,
    ) -> Answer:
        self.asked.append(query)
        assert in_other_words is any(query in gap.questions for gap in self.questions.gaps.values())
        reply = self.replies.get(query, "")
        passages = reply.removeprefix("?").split()
        verdict: Verdict = "answerable" if passages else "not_in_sources"
        quotes = tuple(map(self.library.quote, passages))
        confidence: Confidence = "closest" if reply.startswith("?") else "answers"
        return Answer(verdict, quotes, confidence=confidence)


def with_passage(passage_id: str, text: str, like: str = "001.LC") -> Library:
    """What is shipped, and one passage more, of the document of `like`."""
    passage = replace(LIBRARY.passages[like], id=passage_id, text=text)
    return Library(LIBRARY.documents, {**LIBRARY.passages, passage_id: passage}, LIBRARY.notices)

"""Written questions asked of the live edition and of the draft: which are answered otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.operations.citations import belongs_to
from bot.operations.compared_document import ComparedDocument
from knowledge import Knowledge

MOST = 200
"""Questions that are asked: on two cores some 20 seconds, and as many as a person looks through."""
NEAR = 3
"""Passages of other documents that are near one which has changed: as many as an answer shows."""
OF_A_PASSAGE = 5
"""Questions of one that is only near."""


@dataclass(frozen=True)
class First:
    """What a question is answered with first. `passage_id` is empty where nothing is found."""

    verdict: str
    passage_id: str
    reference: str
    title: str
    text: str


@dataclass(frozen=True)
class ChangedAnswer:
    question: str
    before: First
    after: First


@dataclass(frozen=True)
class Replay:
    """`asked` of the `written` questions were asked: the nearest to what has changed."""

    changed: tuple[ChangedAnswer, ...]
    asked: int
    written: int


def replayed(live: Knowledge, draft: Knowledge, compared: ComparedDocument) -> Replay:
    """Raises EncoderFailed."""
    questions = list(dict.fromkeys(_questions(live, draft, compared)))
    asked = questions[:MOST]
    found: list[ChangedAnswer] = []
    for question in asked:
        before, after = _first(live, question), _first(draft, question)
        if before != after:
            found.append(ChangedAnswer(question, before, after))
    return Replay(tuple(found), len(asked), len(questions))


def _questions(live: Knowledge, draft: Knowledge, compared: ComparedDocument) -> Iterator[str]:
    """Those of what has changed first, then of what is near, then of the rest of the document."""
    changes = [each for each in compared.changes if each.kind not in {"same", "moved"}]
    for change in changes:
        yield from _of(live, change.id or "")
        yield from _of(draft, change.id or "")
    for change in changes:
        passage = change.after or change.before
        for near in _near(live, passage.text if passage else "", compared.id):
            yield from islice(_of(live, near), OF_A_PASSAGE)
    for side in (live, draft):
        for passage_id in side.questions.answered:
            if belongs_to(passage_id, compared.id):
                yield from _of(side, passage_id)


def _of(side: Knowledge, passage_id: str) -> Iterator[str]:
    yield from side.questions.answered.get(passage_id, ())


def _near(live: Knowledge, text: str, document_id: str) -> Iterator[str]:
    hits = live.search(text, 2 * NEAR).hits
    others = (each.passage_id for each in hits if not belongs_to(each.passage_id, document_id))
    return islice(others, NEAR)


def _first(side: Knowledge, question: str) -> First:
    found = side.search(question, 1)
    if not found.hits:
        return First(found.verdict, "", "", "", "")
    hit = found.hits[0]
    passage = side.library.passages[hit.passage_id]
    title = side.library.documents[passage.document_id].title
    return First(found.verdict, passage.id, passage.reference, title, passage.text)

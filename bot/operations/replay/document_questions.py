"""The questions that are asked of both sides for one document that the draft changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bot.operations.citations import belongs_to
from bot.operations.compared_document import ComparedDocument
from bot.operations.replay.questions import (
    AskedQuestions,
    ReplayedQuestion,
    unanswered,
    written_for,
)
from knowledge import Knowledge
from knowledge.revision import PassageChange

MOST = 200
"""As many as a person looks through. On two idle cores both sides take 15 to 25 ms a question."""
NEAR = 3
"""Passages of other documents that are near one which has changed: as many as an answer shows."""
OF_A_PASSAGE = 5
"""Questions of one that is only near."""


def asked_about(
    live: Knowledge, draft: Knowledge, compared: ComparedDocument, most: int = MOST
) -> AskedQuestions:
    """The `most` that are nearest to what has changed, each once. Raises EncoderFailed.

    Half of them are those that nothing answered; of a new document all that there is room for: what
    is written for another passage stays with that.
    """
    known = {"same", "moved"} if not compared.is_new else set[str]()
    changes = [each for each in compared.changes if each.kind not in known]
    open_ones = _each_once(_unanswered(live, draft, changes))
    written = _each_once(_written(live, draft, compared, changes), but=open_ones)
    room = most if compared.is_new else max(most // 2, most - len(written))
    asked = [*written[: most - min(room, len(open_ones))], *open_ones[:room]]
    return AskedQuestions(tuple(asked), len(written) + len(open_ones), left_out=0)


def _each_once(
    questions: Iterable[ReplayedQuestion], but: Iterable[ReplayedQuestion] = ()
) -> list[ReplayedQuestion]:
    found: dict[str, ReplayedQuestion] = {}
    for each in questions:
        found.setdefault(each.text, each)
    others = {each.text for each in but}
    return [each for each in found.values() if each.text not in others]


def _unanswered(
    live: Knowledge, draft: Knowledge, changes: Sequence[PassageChange]
) -> list[ReplayedQuestion]:
    """Those likest to what the draft quotes anew first: they are what may get it now. None where it
    quotes nothing anew."""
    likeness = draft.unanswered_like({each.id for each in changes if each.after and each.id})
    found = [each for each in unanswered(live, draft) if each.text in likeness]
    return sorted(found, key=lambda each: -likeness[each.text])


def _written(
    live: Knowledge,
    draft: Knowledge,
    compared: ComparedDocument,
    changes: Sequence[PassageChange],
) -> Iterator[ReplayedQuestion]:
    """Those of what has changed first, then of what is near, then of the rest of the document."""
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


def _of(side: Knowledge, passage_id: str) -> Iterator[ReplayedQuestion]:
    for text in side.questions.answered.get(passage_id, ()):
        yield written_for(side, passage_id, text)


def _near(live: Knowledge, text: str, document_id: str) -> Iterator[str]:
    hits = live.search(text, 2 * NEAR).hits
    others = (each.passage_id for each in hits if not belongs_to(each.passage_id, document_id))
    return islice(others, NEAR)

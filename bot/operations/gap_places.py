"""The known gaps that a document may answer, as people decide about them, and what they decide.

A decision is kept as those about other places are, in the document's `review.yaml`: that a gap
stays is said of the words that the gap and the passages have then. The passages are noted in the
gap as well, as what it is mistaken for, so that it is looked at again where they change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.operations.citations import graph_of
from bot.operations.compared_document import ComparedDocument
from bot.operations.place_acts import accept, assign
from bot.operations.touched_gaps import TouchedGap, TouchedGaps
from knowledge.documents import Passage, read_document_of
from knowledge.errors import ContentError, Location
from knowledge.known_gaps import GapReply, answer_in, name_near, read_gaps, remove_gap, reword_gap
from knowledge.questions import TopicLine
from knowledge.revision.open_places import OpenKind, open_places, sums_of
from knowledge.revision.review import (
    Acceptance,
    Assignment,
    PlaceReview,
    Review,
    read_review,
)
from knowledge.written_questions import add_question

GapState = Literal["open", "edited", "reopened", "stays", "goes_here"]
"""`stays`: somebody has decided so; `goes_here`: that it goes in the document's area alone. The
others as in `OpenPlace`."""

GAP_STATES: Mapping[GapState, str] = {
    "open": "nobody has decided",
    "edited": "it was changed since; say that it stays",
    "reopened": "it was to stay beside other words",
    "stays": "it stays",
    "goes_here": "it goes in the document’s own area, and stays elsewhere",
}
WORST_FIRST: tuple[OpenKind, ...] = ("reopened", "edited", "open")
Decision = Literal["stays", "reworded", "goes", "goes_here", "given"]

Kept = Mapping[str, Sequence[str]]
"""By the id of a gap the passages that it is decided beside."""


@dataclass(frozen=True)
class GapPlace:
    """`review`: what is noted of it beside the first of its passages. `passages`: those of the
    document that its questions lead to."""

    gap: TopicLine
    touched: TouchedGap
    state: GapState
    passages: tuple[Passage, ...]
    review: PlaceReview | None = None

    @property
    def is_to_do(self) -> bool:
        return self.state not in ("stays", "goes_here")

    @property
    def assigned(self) -> str | None:
        given = self.review.assigned if self.review else None
        return given.to if given else None


def gap_places(
    compared: ComparedDocument, data: Path, touched: TouchedGaps
) -> tuple[GapPlace, ...]:
    """In their order; without those that are there no more. Raises ContentError."""
    if compared.after is None:
        return ()
    review = read_review(compared.folder, compared.id)
    sums, area = sums_of(compared.after), compared.after.document.local_to
    found = _places(compared, data, touched, review, sums, area)
    return tuple(found)


def _places(
    compared: ComparedDocument,
    data: Path,
    touched: TouchedGaps,
    review: Review,
    sums: Mapping[str, str],
    area: str | None,
) -> Iterator[GapPlace]:
    gaps, graph = read_gaps(compared.folder), graph_of(compared.folder, data)
    for each in touched.gaps:
        if each.gap_id not in gaps:
            continue
        key, cited = key_of(each.gap_id), each.passages
        known = {one.cited: one for one in review.places if one.place == key}
        citations = [one for one in graph.of_place(key) if one.cited in cited]
        still_open = {one.citation.cited: one.kind for one in open_places(review, citations, sums)}
        is_decided = all(p in known and known[p].accepted and p not in still_open for p in cited)
        worst: GapState = min(still_open.values(), key=WORST_FIRST.index, default="open")
        passages = tuple(compared.new_words[p] for p in cited if p in compared.new_words)
        state: GapState = "stays" if is_decided else worst
        if area in gaps[each.gap_id].answered_in:
            state = "goes_here"
        yield GapPlace(gaps[each.gap_id], each, state, passages, known.get(cited[0]))


def key_of(gap_id: str) -> str:
    """As the graph of citations names a gap."""
    return f"gap/{gap_id}"


def keep_gaps(folder: Path, data: Path, document_id: str, gaps: Kept, decision: Acceptance) -> None:
    """They stay: these passages do not answer them. Raises ContentError."""
    accept(folder, data, document_id, _noted(folder, gaps), decision)


def assign_gaps(folder: Path, data: Path, document_id: str, gaps: Kept, given: Assignment) -> None:
    """Somebody is to decide about them; until then they are due. Raises ContentError."""
    assign(folder, data, document_id, _noted(folder, gaps), given)


def reword_and_keep(
    folder: Path, data: Path, document_id: str, gaps: Kept, reply: GapReply, by: Acceptance
) -> None:
    """The one gap says something else now, and stays. Raises ContentError."""
    for gap_id in gaps:
        reword_gap(folder, gap_id, reply)
    keep_gaps(folder, data, document_id, gaps, by)


def give_up(folder: Path, gap_id: str, written: Mapping[str, str]) -> None:
    """The gap goes, with its questions. `written`: those that are written for a passage from now
    on, with its id. Raises ContentError."""
    remove_gap(folder, gap_id)
    for question, passage_id in written.items():
        add_question(folder, passage_id, question)


def give_up_here(folder: Path, gap_id: str, document_id: str) -> None:
    """The gap goes for whoever is in the document's area, and stays with its questions for all
    others. Raises ContentError where the document is not one area's."""
    document = read_document_of(folder, document_id)
    if document.local_to is None:
        problem = "it holds everywhere: let the gap go everywhere, or give the document its area"
        raise ContentError.at(Location(document.title), problem)
    answer_in(folder, gap_id, document.local_to)


def decided(decision: Decision, topics: Sequence[str], title: str, to: str = "") -> str:
    """What somebody has decided, in a line. `title`: of the document; `to`: who is to decide."""
    one = len(topics) == 1
    which = f"Known gap “{topics[0]}”" if one else f"{len(topics)} known gaps"
    match decision:
        case "stays":
            return f"{which} stay{'s' if one else ''} beside {title}"
        case "reworded":
            return f"{which} reworded beside {title}"
        case "goes_here":
            return f"{which} taken out in the area of {title} alone, which answers it"
        case "goes":
            return f"{which} taken out, as {title} answers it"
    return f"{which} given to {to}, beside {title}"


def _noted(folder: Path, gaps: Kept) -> set[tuple[str, str]]:
    for gap_id, passages in gaps.items():
        name_near(folder, gap_id, passages)
    return {(key_of(gap_id), each) for gap_id, passages in gaps.items() for each in passages}

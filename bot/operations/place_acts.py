"""What people do with a place that a change touches: accept it, give it to somebody, edit it.

Each is done in the folder of a draft, as `Drafts.change` gives one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from bot.operations.citation_edits import cite_instead, take_out
from bot.operations.citations import CitationGraph
from bot.operations.dropping import drop, planned
from bot.operations.due import OpenIn
from bot.operations.notice_edits import check_reworded
from bot.operations.place_words import reword
from bot.operations.places import AffectedPlace
from bot.operations.rereading import open_to_reread
from bot.operations.yaml_edits import Edit
from knowledge.documents import read_stored
from knowledge.errors import ContentError, Location
from knowledge.notices import read_records
from knowledge.revision.open_places import sums_of, with_accepted, with_assigned
from knowledge.revision.review import Acceptance, Assignment, Review, read_review, write_review

Pairs = Collection[tuple[str, str]]
"""Of the key of a place and what it cites."""


def to_look_at(places: Collection[AffectedPlace]) -> set[tuple[str, str]]:
    """What of these places can be accepted, or given to somebody: not what is broken."""
    return {
        (place.key, each.citation.cited)
        for place in places
        for each in place.cited
        if each.state in {"open", "edited", "reopened"}
    }


def accept(folder: Path, data: Path, document_id: str, pairs: Pairs, decision: Acceptance) -> None:
    """Raises ContentError where nothing is left of them to accept."""
    _review(
        folder,
        data,
        document_id,
        pairs,
        lambda review, found, sums: with_accepted(review, found, sums, decision),
    )


def assign(folder: Path, data: Path, document_id: str, pairs: Pairs, given: Assignment) -> None:
    _review(
        folder,
        data,
        document_id,
        pairs,
        lambda review, found, sums: with_assigned(review, found, sums, given),
    )


def reword_place(
    folder: Path,
    data: Path,
    document_id: str,
    place: AffectedPlace,
    words: Sequence[str],
    by: Acceptance,
) -> None:
    """`words`: as `reword` has them. Who words it anew sees its sources beside it: it is accepted
    as it is then, and a notice checked on that day."""
    notices = read_records(folder)
    reword(CitationGraph.read(folder, data), place.key, words)
    check_reworded(folder, notices, by.on)
    if pairs := to_look_at([place]):
        accept(folder, data, document_id, pairs, by)


def remove_citation(folder: Path, data: Path, keys: Collection[str], cited: str) -> None:
    """Of each of these places. Raises ContentError where one has no other source."""
    graph = CitationGraph.read(folder, data)
    take_out(graph, keys, cited)
    open_to_reread(folder, data, [each for each in graph.of(cited) if each.key in keys])


def replace_citation(
    folder: Path, data: Path, keys: Collection[str], cited: str, passage_id: str
) -> None:
    """In each of these places. Raises ContentError where no document has the passage."""
    document_id = passage_id.partition(".")[0]
    known = {each.id for each in read_stored(folder, document_id).passages}
    if passage_id not in known:
        problem = f"there is no passage '{passage_id}' in the draft. Choose one that is"
        raise ContentError.at(Location("the place"), problem)
    graph = CitationGraph.read(folder, data)
    cite_instead(graph, keys, cited, passage_id)
    open_to_reread(folder, data, [each for each in graph.of(cited) if each.key in keys])


def drop_citations(folder: Path, data: Path, document_id: str) -> tuple[Edit, ...]:
    """Of the document, where something else is cited besides. Raises ContentError."""
    plan = planned(CitationGraph.read(folder, data), document_id)
    made = drop(plan.drops)
    open_to_reread(folder, data, plan.drops)
    return made


def accept_reread(
    folder: Path, data: Path, places: Collection[OpenIn], decision: Acceptance
) -> None:
    """Of what once cited another document: each in the review of the one that it cites now."""
    pairs: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in places:
        pairs[each.document_id].add((each.place.citation.key, each.place.citation.cited))
    for document_id, there in pairs.items():
        accept(folder, data, document_id, there, decision)


Change = Callable[..., Review]


def _review(folder: Path, data: Path, document_id: str, pairs: Pairs, change: Change) -> None:
    stored = read_stored(folder, document_id)
    graph = CitationGraph.read(folder, data)
    sums = sums_of(stored)
    found = [
        each
        for each in graph.of_document(document_id)
        if (each.key, each.cited) in pairs and each.cited in sums
    ]
    if not found:
        problem = "none of these places is open any more. Look at the list again"
        raise ContentError.at(Location("the places"), problem)
    review = read_review(folder, document_id)
    write_review(folder, document_id, change(review, found, sums))

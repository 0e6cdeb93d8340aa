"""Every entry that goes with a document when it is taken out, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.operations.citations import PLACES_CALLED, CitationGraph
from knowledge.evaluation_set import FILE as OWN
from knowledge.files import read_json_lines
from knowledge.passage_questions import GAPS, OUT_OF_SCOPE, QUESTIONS
from knowledge.retiring import is_of, own_question_without
from knowledge.revision.review import read_review

TOPICS = {
    GAPS: "Known gaps that are no longer taken for it",
    OUT_OF_SCOPE: "Topics outside the field that are no longer taken for it",
}


WENT = "With it went:"
"""How `told` begins."""


@dataclass(frozen=True)
class GoingEntries:
    """Entries of one kind, as people know them."""

    called: str
    names: tuple[str, ...]


def going_with(folder: Path, graph: CitationGraph, document_id: str) -> tuple[GoingEntries, ...]:
    """What `take_out` takes out with the document, or changes. Raises ContentError."""
    parts = _all(folder, graph, document_id)
    found = (GoingEntries(called, tuple(names)) for called, names in parts)
    return tuple(each for each in found if each.names)


def _all(
    folder: Path, graph: CitationGraph, document_id: str
) -> Iterator[tuple[str, Iterator[str]]]:
    yield "Questions that are written for its passages", _written(folder, document_id)
    yield "Questions of your own to judge a publication by", _own(folder, document_id)
    for file, called in TOPICS.items():
        yield called, _topics(folder / file, document_id)
    rules = dict.fromkeys(
        each.text for each in graph.of_document(document_id) if each.kind == "rule"
    )
    yield PLACES_CALLED["rule"], iter(rules)
    yield "What people have looked at and signed", _reviewed(folder, document_id)


def _written(folder: Path, document_id: str) -> Iterator[str]:
    for source in read_json_lines(folder / QUESTIONS):
        if is_of(source.value["passage_id"], document_id):
            yield from source.value["questions"]


def _own(folder: Path, document_id: str) -> Iterator[str]:
    file = folder / OWN
    for source in read_json_lines(file) if file.exists() else ():
        without = own_question_without(source.value, document_id)
        if without is None:
            yield source.value["q"]
        elif without != source.value:
            yield f"{source.value['q']} (stays, with its other answers)"


def _topics(file: Path, document_id: str) -> Iterator[str]:
    for source in read_json_lines(file):
        if any(is_of(each, document_id) for each in source.value["near"]):
            yield source.value["topic"]


def _reviewed(folder: Path, document_id: str) -> Iterator[str]:
    review = read_review(folder, document_id)
    if review.places:
        yield f"{len(review.places)} place{'' if len(review.places) == 1 else 's'} looked at"
    for each in review.signatures:
        yield f"the signature of {each.by}, {each.role}, of {each.on:%-d %B %Y}"


def told(found: tuple[GoingEntries, ...]) -> str:
    """In lines, for the history."""
    lines = (f"{each.called}: {'; '.join(each.names)}" for each in found)
    return "\n".join((WENT, *lines)) if found else ""

"""Takes a question of a quiz or a notice out whole, in a draft."""

from __future__ import annotations

from functools import partial
from typing import Any

from bot.induction.model import Module
from bot.operations.citations import CitationGraph
from bot.operations.dropping import take_out_of
from bot.operations.yaml_edits import edit
from knowledge.errors import ContentError, Location
from knowledge.revision import CitingPlace, PlaceKind
from knowledge.yaml_source import YamlSource

ENTRIES: frozenset[PlaceKind] = frozenset({"quiz", "notice"})
"""Kinds of places that are an entry of a list, which says less without them and still holds."""
FEWEST_QUESTIONS = next(
    each.min_length for each in Module.model_fields["quiz"].metadata if hasattr(each, "min_length")
)
TOO_FEW = (
    f"a lesson needs {FEWEST_QUESTIONS} questions, and this one has no more. Reword the question"
    " and give it another source"
)


def is_entry(citation: CitingPlace) -> bool:
    """Whether it can be taken out whole."""
    return citation.kind in ENTRIES


def take_entry_out(graph: CitationGraph, key: str) -> None:
    """Raises ContentError where too little would be left."""
    citation = _entry(graph, key)
    if citation.kind == "quiz":
        there: Any = YamlSource.read(citation.file).to_python()
        if len(there["quiz"]) <= FEWEST_QUESTIONS:
            raise _refused(TOO_FEW)
    edit(citation.file, partial(take_out_of, [citation.path[:2]]))


def _entry(graph: CitationGraph, key: str) -> CitingPlace:
    citation = next((each for each in graph.of_place(key) if is_entry(each)), None)
    if citation is None:
        raise _refused("there is no such entry any more. Look at the list again")
    return citation


def _refused(problem: str) -> ContentError:
    return ContentError.at(Location("the place"), problem)

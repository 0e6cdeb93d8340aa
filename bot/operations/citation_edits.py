"""Changes what a place cites in the files of a draft, and leaves the rest as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bot.operations.citations import CitationGraph
from bot.operations.dropping import FEWEST_RELATED, MAY_CITE_NOTHING, rests_on, take_out_of
from bot.operations.yaml_edits import edit
from knowledge.errors import ContentError, KeyPath, Location
from knowledge.passage_questions import rewrite_lines
from knowledge.revision import CitingPlace, PlaceKind

IN_LINES: frozenset[PlaceKind] = frozenset({"gap", "out_of_scope"})
"""Kinds that stand in files of lines, not in YAML."""
NOT_EDITED: frozenset[PlaceKind] = frozenset({"rule", "questions", "named"})
"""Rules belong to the program; questions are written on the page of their passage; and what only
names a document cites nothing."""


def may_be_edited(kind: PlaceKind) -> bool:
    return kind not in NOT_EDITED


def goes_whole(graph: CitationGraph, citation: CitingPlace) -> bool:
    """Whether taking the citation out takes out the whole entry that it stands in: a reading, or a
    relation of which too little would be left."""
    if citation.kind == "reading":
        return True
    if citation.kind != "relation":
        return False
    others = {each.path for each in graph.of_place(citation.key)} - {citation.path}
    in_a_list = isinstance(citation.path[-1], int)
    return not in_a_list or len(others) < FEWEST_RELATED


def may_be_taken_out(graph: CitationGraph, citation: CitingPlace) -> bool:
    """Not the last source of a place that says something."""
    if not may_be_edited(citation.kind):
        return False
    if citation.kind in {*IN_LINES, *MAY_CITE_NOTHING} or goes_whole(graph, citation):
        return True
    if citation.path and not isinstance(citation.path[-1], int):
        return citation.kind == "quiz"
    return any(
        each.cited != citation.cited and rests_on(each) == rests_on(citation)
        for each in graph.of_place(citation.key)
    )


def take_out(graph: CitationGraph, keys: Collection[str], cited: str) -> None:
    """Of each of these places. `graph`: of the draft that is to be changed. Raises ContentError,
    before anything is edited, where one has no other source."""
    citations = _found(graph, keys, cited)
    if not all(may_be_taken_out(graph, each) for each in citations):
        raise _refused("this is its only source. Put another passage in its place")
    paths: defaultdict[Path, set[KeyPath]] = defaultdict(set)
    for each in citations:
        if each.kind in IN_LINES:
            _in_lines(each, None)
        else:
            paths[each.file].add(each.path[:2] if goes_whole(graph, each) else each.path)
    for file, leading in paths.items():
        edit(file, partial(take_out_of, leading))


def cite_instead(graph: CitationGraph, keys: Collection[str], cited: str, passage_id: str) -> None:
    """Puts another passage in the place of the one that each of these places cites. Where that is
    cited beside it already, the one only goes. Raises ContentError."""
    citations = _found(graph, keys, cited)
    if not all(may_be_edited(each.kind) for each in citations):
        raise _refused("what this place cites is not changed here")
    changes: defaultdict[Path, list[CitingPlace]] = defaultdict(list)
    for each in citations:
        if each.kind in IN_LINES:
            _in_lines(each, passage_id)
        else:
            changes[each.file].append(each)
    there = {(each.file, each.path[:-1]) for each in graph.of(passage_id) if each.path}
    for file, found in changes.items():
        in_lists = [each for each in found if isinstance(each.path[-1], int)]
        doubled = [each.path for each in in_lists if (file, each.path[:-1]) in there]
        edit(file, partial(_put, [each.path for each in found], passage_id, doubled))


def _found(graph: CitationGraph, keys: Collection[str], cited: str) -> Sequence[CitingPlace]:
    found = [each for each in graph.of(cited) if each.key in keys]
    if not found:
        raise _refused("it no longer cites this passage. Look at the list again")
    return found


def _put(
    paths: Sequence[KeyPath], passage_id: str, doubled: Sequence[KeyPath], content: Any
) -> None:
    for path in paths:
        there = content
        for step in path[:-1]:
            there = there[step]
        there[path[-1]] = passage_id
    take_out_of(doubled, content)


def _in_lines(citation: CitingPlace, to: str | None) -> None:
    """In the passages that a topic is mistaken for."""
    line_id = citation.key.partition("/")[2]

    def changed(line: dict[str, Any]) -> dict[str, Any]:
        if line["id"] != line_id:
            return line
        near = [to if each == citation.cited else each for each in line["near"]]
        return line | {"near": list(dict.fromkeys(_there(near)))}

    rewrite_lines(citation.file, changed)


def _there(names: list[str | None]) -> Iterator[str]:
    return (each for each in names if each)


def _refused(problem: str) -> ContentError:
    return ContentError.at(Location("the place"), problem)

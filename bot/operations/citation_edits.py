"""Changes what a place cites, or says, in the files of a draft, and leaves the rest as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.operations.citations import CitationGraph
from bot.operations.dropping import FEWEST_RELATED, MAY_CITE_NOTHING, take_out_of
from bot.operations.yaml_edits import edit, laid_out_as
from knowledge.errors import ContentError, KeyPath, Location
from knowledge.passage_questions import rewrite_lines
from knowledge.revision import Citation, CitationKind

IN_LINES: frozenset[CitationKind] = frozenset({"gap", "out_of_scope"})
"""Kinds that stand in files of lines, not in YAML."""
NOT_EDITED: frozenset[CitationKind] = frozenset({"rule", "questions"})
"""Rules belong to the program; questions are written on the page of their passage."""
WORDS: dict[CitationKind, str] = {"outcome": "say", "card": "text"}
"""The key of the words that a place says of its sources, where these may be reworded."""


def may_be_edited(kind: CitationKind) -> bool:
    return kind not in NOT_EDITED


def goes_whole(graph: CitationGraph, citation: Citation) -> bool:
    """Whether taking the citation out takes out the whole entry that it stands in: a reading, or a
    relation of which too little would be left."""
    if citation.kind == "reading":
        return True
    if citation.kind != "relation":
        return False
    others = {each.path for each in graph.of_place(citation.key)} - {citation.path}
    in_a_list = isinstance(citation.path[-1], int)
    return not in_a_list or len(others) < FEWEST_RELATED


def may_be_taken_out(graph: CitationGraph, citation: Citation) -> bool:
    """Not the last source of a place that says something."""
    if not may_be_edited(citation.kind):
        return False
    if citation.kind in {*IN_LINES, *MAY_CITE_NOTHING} or goes_whole(graph, citation):
        return True
    return any(each.cited != citation.cited for each in graph.of_place(citation.key))


def take_out(graph: CitationGraph, key: str, cited: str) -> None:
    """`graph`: of the draft that is to be changed. Raises ContentError."""
    citations = _found(graph, key, cited)
    if not may_be_taken_out(graph, citations[0]):
        raise _refused("this is its only source. Put another passage in its place")
    if citations[0].kind in IN_LINES:
        _in_lines(citations[0], None)
        return
    paths: defaultdict[Path, set[KeyPath]] = defaultdict(set)
    for each in citations:
        paths[each.file].add(each.path[:2] if goes_whole(graph, each) else each.path)
    for file, leading in paths.items():
        edit(file, lambda content, leading=leading: take_out_of(leading, content))  # type: ignore[misc]


def cite_instead(graph: CitationGraph, key: str, cited: str, passage_id: str) -> None:
    """Puts another passage in the place of the one that is cited. Where that is cited beside it
    already, the one only goes. Raises ContentError."""
    citations = _found(graph, key, cited)
    first = citations[0]
    if not may_be_edited(first.kind):
        raise _refused("what this place cites is not changed here")
    if first.kind in IN_LINES:
        _in_lines(first, passage_id)
        return
    lists = {each.path[:-1] for each in graph.of_place(key) if each.cited == passage_id}
    for each in citations:
        has_it = isinstance(each.path[-1], int) and each.path[:-1] in lists
        edit(each.file, lambda content, each=each: _put(content, each.path, passage_id))  # type: ignore[misc]
        if has_it:
            edit(each.file, lambda content, each=each: take_out_of([each.path], content))  # type: ignore[misc]


def reword(graph: CitationGraph, key: str, text: str) -> None:
    """What an outcome or a card says. Raises ContentError."""
    citation = next(iter(graph.of_place(key)), None)
    if citation is None or citation.kind not in WORDS:
        raise _refused("what this place says is not changed here")
    said = " ".join(text.split())
    if not said:
        raise _refused("it says nothing now. Write what it is to say, or leave it as it was")
    way = (*citation.path[:2], WORDS[citation.kind])
    edit(citation.file, lambda content: _reword(content, way, said))


def words_of(citation: Citation) -> str:
    """What an outcome or a card says now, in one line; empty for other kinds."""
    if citation.kind not in WORDS:
        return ""
    from knowledge.yaml_source import YamlSource

    there: Any = YamlSource.read(citation.file).to_python()
    for step in (*citation.path[:2], WORDS[citation.kind]):
        there = there[step]
    return " ".join(str(there).split())


def _found(graph: CitationGraph, key: str, cited: str) -> Sequence[Citation]:
    found = [each for each in graph.of_place(key) if each.cited == cited]
    if not found:
        raise _refused("it no longer cites this passage. Look at the list again")
    return found


def _put(content: Any, path: KeyPath, passage_id: str) -> None:
    for step in path[:-1]:
        content = content[step]
    content[path[-1]] = passage_id


def _reword(content: Any, path: KeyPath, text: str) -> None:
    for step in path[:-1]:
        content = content[step]
    content[path[-1]] = laid_out_as(content[path[-1]], text)


def _in_lines(citation: Citation, to: str | None) -> None:
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

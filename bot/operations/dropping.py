"""Takes citations of a document out of the files that people edit, and leaves the rest as it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from bot.operations.citations import CitationGraph
from bot.operations.yaml_edits import Edit, edit
from knowledge.errors import KeyPath
from knowledge.revision.citation import Citation, CitationKind

GO_WITH_THE_DOCUMENT: frozenset[CitationKind] = frozenset(
    {"questions", "gap", "out_of_scope", "rule"}
)
"""What `take_out` takes out with it, and what nobody edits."""
MAY_CITE_NOTHING: frozenset[CitationKind] = frozenset({"supersedes"})
FEWEST_RELATED = 2
"""A relation of fewer passages says nothing: it goes whole."""


@dataclass(frozen=True)
class DropPlan:
    """`drops` can go. `last`: without them the place would have no source.
    `elsewhere`: they stand in files that no edition holds, and have to be edited by hand."""

    drops: tuple[Citation, ...]
    last: tuple[Citation, ...]
    elsewhere: tuple[Citation, ...]

    @property
    def is_whole(self) -> bool:
        return not self.last and not self.elsewhere


def planned(graph: CitationGraph, document_id: str, draft: Path) -> DropPlan:
    """What of the citations of a document can be taken out of the files below `draft`."""
    cited = cited_by_people(graph, document_id)
    left = Counter(each.key for each in graph.citations)
    left.subtract(each.key for each in cited)
    found: dict[str, list[Citation]] = {"drops": [], "last": [], "elsewhere": []}
    for citation in cited:
        if not citation.file.resolve().is_relative_to(draft.resolve()):
            part = "elsewhere" if _may_go(citation, left[citation.key]) else "last"
            found[part].append(citation)
        elif citation.kind == "relation" and left[citation.key] < FEWEST_RELATED:
            found["drops"].append(replace(citation, path=citation.path[:2]))
        else:
            found["drops" if _may_go(citation, left[citation.key]) else "last"].append(citation)
    return DropPlan(*(tuple(found[part]) for part in ("drops", "last", "elsewhere")))


def _may_go(citation: Citation, left: int) -> bool:
    """Whether it stands in a list, and its place cites something else besides."""
    in_a_list = bool(citation.path) and isinstance(citation.path[-1], int)
    return in_a_list and (left > 0 or citation.kind in MAY_CITE_NOTHING)


def cited_by_people(graph: CitationGraph, document_id: str) -> list[Citation]:
    """What cites the document and has to be changed before it goes; not what goes with it."""
    own = f"document/{document_id}"
    return [
        each
        for each in graph.of_document(document_id)
        if each.kind not in GO_WITH_THE_DOCUMENT and each.key != own
    ]


def drop(citations: Iterable[Citation]) -> tuple[Edit, ...]:
    """Takes each out of its list. Raises ContentError, and OSError where a file cannot be
    written."""
    files: defaultdict[Path, set[KeyPath]] = defaultdict(set)
    for citation in citations:
        files[citation.file].add(citation.path)
    return tuple(
        made for file, paths in files.items() for made in edit(file, partial(take_out_of, paths))
    )


def take_out_of(paths: Iterable[KeyPath], content: Any) -> None:
    """The items of lists, or the keys, that the paths lead to."""
    for path in sorted(paths, key=_depth_and_place, reverse=True):
        there = content
        for step in path[:-1]:
            there = there[step]
        del there[path[-1]]


def _depth_and_place(path: KeyPath) -> tuple[int, str, int]:
    """What lies deepest goes first, and of a list the last, so that the others stay in place."""
    last = path[-1]
    return len(path), repr(path[:-1]), last if isinstance(last, int) else 0

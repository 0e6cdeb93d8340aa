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
from knowledge.revision.citing_place import CitingPlace, PlaceKind

GO_WITH_THE_DOCUMENT: frozenset[PlaceKind] = frozenset(
    {"questions", "gap", "out_of_scope", "rule", "named"}
)
"""What `take_out` takes out with it, what nobody edits, and what cites nothing."""
MAY_CITE_NOTHING: frozenset[PlaceKind] = frozenset({"supersedes"})
FEWEST_RELATED = 2
"""A relation of fewer passages says nothing: it goes whole."""


@dataclass(frozen=True)
class DropPlan:
    """`drops` can go. `last`: without them the place would have no source."""

    drops: tuple[CitingPlace, ...]
    last: tuple[CitingPlace, ...]

    @property
    def is_whole(self) -> bool:
        return not self.last


def planned(graph: CitationGraph, document_id: str) -> DropPlan:
    """What of the citations of a document can be taken out of the files of a draft."""
    cited = cited_by_people(graph, document_id)
    left = Counter(rests_on(each) for each in graph.citations)
    left.subtract(rests_on(each) for each in cited)
    found: dict[str, list[CitingPlace]] = {"drops": [], "last": []}
    for citation in cited:
        if citation.kind == "relation" and left[rests_on(citation)] < FEWEST_RELATED:
            found["drops"].append(replace(citation, path=citation.path[:2]))
        else:
            found["drops" if _may_go(citation, left[rests_on(citation)]) else "last"].append(
                citation
            )
    return DropPlan(*(tuple(found[part]) for part in ("drops", "last")))


def rests_on(citation: CitingPlace) -> tuple[str, KeyPath]:
    """What needs a source of its own: a place, or in a quiz the list of what settles a question,
    beside which its options have sources of theirs."""
    return citation.key, citation.path[:-1] if citation.kind == "quiz" else ()


def _may_go(citation: CitingPlace, left: int) -> bool:
    """Whether it stands in a list, and its place cites something else besides."""
    in_a_list = bool(citation.path) and isinstance(citation.path[-1], int)
    return in_a_list and (left > 0 or citation.kind in MAY_CITE_NOTHING)


def cited_by_people(graph: CitationGraph, document_id: str) -> list[CitingPlace]:
    """What cites the document and has to be changed before it goes; not what goes with it."""
    own = f"document/{document_id}"
    return [
        each
        for each in graph.of_document(document_id)
        if each.kind not in GO_WITH_THE_DOCUMENT and each.key != own
    ]


def drop(citations: Iterable[CitingPlace]) -> tuple[Edit, ...]:
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

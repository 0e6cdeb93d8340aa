"""How passages belong together: saying the same, forming a list, or differing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.files import read_yaml
from knowledge.library import FOLDER, Library
from knowledge.words import plain


@dataclass(frozen=True)
class SourceList:
    """A list in a source, quoted whole: the words from its opening to its last item."""

    passage_id: str
    members: tuple[str, ...]
    text: str
    called: tuple[str, ...]

    def asked_for(self, question: str) -> bool:
        return any(name in question for name in self.called)


@dataclass(frozen=True)
class Difference:
    """Documents that say different things on one topic."""

    topic: str
    sides: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Relations:
    same: tuple[frozenset[str], ...]
    lists: tuple[SourceList, ...]
    differs: tuple[Difference, ...]

    @classmethod
    def read(cls, library: Library, folder: Path = FOLDER) -> Relations:
        """Raises KnowledgeError where an id is unknown or a list's opening is not in its source."""
        file = folder / "relations.yaml"
        data = read_yaml(file)
        for passage_id in _named(data):
            if passage_id not in library.passages:
                raise KnowledgeError(file, "there is no such passage", id=passage_id)
        return cls(
            tuple(frozenset(group) for group in data["same"]),
            tuple(_list(file, entry, library) for entry in data["lists"]),
            tuple(Difference(d["topic"], tuple(d["sides"]), d["says"]) for d in data["differs"]),
        )

    @cached_property
    def group_of(self) -> Mapping[str, frozenset[str]]:
        return {passage_id: group for group in self.same for passage_id in group}

    def list_of(self, passage_id: str) -> SourceList | None:
        for found in self.lists:
            if passage_id == found.passage_id or passage_id in found.members:
                return found
        return None

    def difference_between(self, passage_ids: frozenset[str]) -> Difference | None:
        """The first difference whose sides are all among `passage_ids`."""
        for difference in self.differs:
            if passage_ids.issuperset(difference.sides):
                return difference
        return None


def _named(data: Mapping[str, Any]) -> list[str]:
    return [
        *(passage_id for group in data["same"] for passage_id in group),
        *(entry[key] for entry in data["lists"] for key in ("passage", "first", "last")),
        *(passage_id for entry in data["differs"] for passage_id in entry["sides"]),
    ]


def _list(file: Path, entry: Mapping[str, Any], library: Library) -> SourceList:
    first, last = (library.passages[entry[key]] for key in ("first", "last"))
    source = library.documents[first.document_id].text
    start = source.rfind(entry["opening"], 0, first.start + len(entry["opening"]))
    if start < 0:
        raise KnowledgeError(file, "the opening is not in the source", id=entry["passage"])
    order = library.order
    return SourceList(
        entry["passage"],
        order[order.index(first.id) : order.index(last.id) + 1],
        source[start : last.end],
        tuple(plain(name) for name in entry["called"]),
    )

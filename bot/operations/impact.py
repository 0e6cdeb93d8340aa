"""What a new edition of a document means for everything that cites it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.operations.citations import CitationGraph
from knowledge.revision.change import PassageChange
from knowledge.revision.citing_place import CitingPlace

Weight = Literal["broken", "to_check", "told"]

GO_WITH_THE_PASSAGE = {"questions", "rule", "named"}
"""Questions are taken out with the passage, a rule that no passage meets does nothing, and what
only names a document rests on no passage of it."""


@dataclass(frozen=True)
class Affected:
    """A passage that is not the same, and what cites it, the most visible first."""

    change: PassageChange
    citations: tuple[CitingPlace, ...]


@dataclass(frozen=True)
class Impact:
    """`broken`: the passage is gone and still cited. `to_check`: it has other words, another
    lead-in or heading, and is cited. `told`: it only stands elsewhere. `beside`: what stands beside
    the whole document, which is to be checked whatever has changed in it. `named`: words of ours
    that name the document by its date, title or publisher of before."""

    broken: tuple[Affected, ...] = ()
    to_check: tuple[Affected, ...] = ()
    told: tuple[Affected, ...] = ()
    beside: tuple[CitingPlace, ...] = ()
    named: tuple[CitingPlace, ...] = ()

    def places_to_check(self) -> Iterator[CitingPlace]:
        yield from self.named
        yield from self.beside
        for affected in self.to_check:
            yield from affected.citations


def impact(document_id: str, changes: Iterable[PassageChange], graph: CitationGraph) -> Impact:
    """What the changes mean for the places of the graph."""
    found: dict[Weight, list[Affected]] = {"broken": [], "to_check": [], "told": []}
    anything = False
    for change in changes:
        anything |= change.kind != "same"
        if (weight := _weight(change)) and change.id:
            cited = graph.of(change.id)
            if weight == "broken":
                cited = tuple(each for each in cited if each.kind not in GO_WITH_THE_PASSAGE)
            if cited:
                found[weight].append(Affected(change, cited))
    return Impact(
        broken=tuple(found["broken"]),
        to_check=tuple(found["to_check"]),
        told=tuple(found["told"]),
        beside=graph.of(document_id) if anything else (),
    )


def _weight(change: PassageChange) -> Weight | None:
    if change.kind == "removed":
        return "broken"
    if change.kind == "changed":
        return "to_check"
    return "told" if change.kind == "moved" else None

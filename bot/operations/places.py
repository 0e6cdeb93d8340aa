"""The places that a change of a document touches, and how far people have come with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from bot.operations.citations import KINDS, CitationGraph
from bot.operations.compared_document import ComparedDocument
from bot.operations.impact import GO_WITH_THE_PASSAGE
from knowledge.revision import CitingPlace, PassageChange, PlaceKind
from knowledge.revision.open_places import open_places, sums_of
from knowledge.revision.review import PlaceReview, Review, read_review

CitedState = Literal["broken", "reopened", "edited", "open", "accepted", "settled", "told"]
"""`broken`: the passage is gone. `open`, `edited` and `reopened` as in `OpenPlace`. `accepted`:
somebody said that it fits. `settled`: it no longer cites the passage. `told`: the passage has the
same words in another place, so nobody has to look."""
TO_DO = frozenset({"broken", "reopened", "edited", "open"})
ORDER: tuple[CitedState, ...] = (
    "broken",
    "reopened",
    "edited",
    "open",
    "accepted",
    "settled",
    "told",
)
"""The worst first."""
GRAPHS_KEPT = 4


@dataclass(frozen=True)
class Cited:
    """One passage that a place cites, or the whole document (`change` is None)."""

    citation: CitingPlace
    change: PassageChange | None
    state: CitedState
    review: PlaceReview | None = None


@dataclass(frozen=True)
class AffectedPlace:
    """A place, with all that it cites of the document and that is not the same."""

    key: str
    kind: PlaceKind
    name: str
    text: str
    cited: tuple[Cited, ...]

    @property
    def state(self) -> CitedState:
        return min((each.state for each in self.cited), key=ORDER.index)

    @property
    def is_of_the_whole(self) -> bool:
        """Whether it names the document, or stands beside all of it."""
        return any(each.change is None for each in self.cited)

    @property
    def is_to_do(self) -> bool:
        return self.state in TO_DO

    @property
    def assigned(self) -> str | None:
        found = (each.review.assigned for each in self.cited if each.review)
        return next((each.to for each in found if each), None)


@dataclass(frozen=True)
class AffectedPlaces:
    """What names the document as it was before, or stands beside all of it, comes first, then what
    is broken, then the rest in the order of `PlaceKind`. `told`: need no look."""

    places: tuple[AffectedPlace, ...]
    told: tuple[AffectedPlace, ...]

    @property
    def looked_at(self) -> int:
        return sum(not each.is_to_do for each in self.places)

    @property
    def broken(self) -> tuple[AffectedPlace, ...]:
        return tuple(each for each in self.places if each.state == "broken")

    def of(self, key: str) -> AffectedPlace | None:
        return next((each for each in (*self.places, *self.told) if each.key == key), None)

    def groups(self) -> Iterator[tuple[PlaceKind | Literal["broken"], list[AffectedPlace]]]:
        if whole := [each for each in self.places if each.is_of_the_whole]:
            yield "named", whole
        if broken := [each for each in self.broken if each not in whole]:
            yield "broken", broken
        for kind in KINDS:
            before = (*whole, *broken)
            found = [each for each in self.places if each.kind == kind and each not in before]
            if found:
                yield kind, found


def affected_places(compared: ComparedDocument, data: Path) -> AffectedPlaces:
    """`data`: what was shipped beside the content. Raises ContentError."""
    now = graph_of(compared.folder, data)
    earlier = graph_of(compared.earlier, data)
    review = read_review(compared.folder, compared.id) if compared.after is not None else Review()
    found: defaultdict[str, list[Cited]] = defaultdict(list)
    for each in _cited(compared, now, earlier, review):
        found[each.citation.key].append(each)
    places = [_place(key, cited, now) for key, cited in found.items()]
    places.sort(
        key=lambda each: (
            not each.is_of_the_whole,
            ORDER.index(each.state) > 0,
            KINDS.index(each.kind),
        )
    )
    return AffectedPlaces(
        tuple(each for each in places if each.state != "told"),
        tuple(each for each in places if each.state == "told"),
    )


def _place(key: str, cited: list[Cited], now: CitationGraph) -> AffectedPlace:
    """Named and worded as it is now, if it is still there."""
    citation = next(iter(now.of_place(key)), cited[0].citation)
    return AffectedPlace(key, citation.kind, citation.name, citation.text, tuple(cited))


def _cited(
    compared: ComparedDocument, now: CitationGraph, earlier: CitationGraph, review: Review
) -> Iterator[Cited]:
    known = {(each.place, each.cited): each for each in review.places}
    open_now = _open_now(compared, now, review)
    was = {(each.key, each.cited) for each in earlier.of_document(compared.id)}
    changed = [*_changed(compared)]
    if not compared.is_changed and any(cited == compared.id for _, cited in (*known, *open_now)):
        changed.append((compared.id, None))  # It was only named anew.
    for cited, change in changed:
        citations = [*now.of(cited)]
        still = {each.key for each in citations}
        gone = [each for each in earlier.of(cited) if each.key not in still]
        if change and change.kind == "removed":
            yield from (Cited(each, change, "broken") for each in _only_edited(citations))
            yield from (Cited(each, change, "settled") for each in _only_edited(gone))
            continue
        for each in citations:
            key = each.key, each.cited
            if change and change.kind == "moved":
                yield Cited(each, change, "told")
            elif key in open_now:
                yield Cited(each, change, open_now[key], known.get(key))
            elif key in known and known[key].accepted:
                yield Cited(each, change, "accepted", known[key])
            elif key in was and key not in known:
                yield Cited(each, change, "open")
            else:  # Whoever wrote the citation saw the words that there are now.
                yield Cited(each, change, "settled", known.get(key))
        if change is None or change.kind != "moved":
            yield from (Cited(each, change, "settled") for each in gone)


def _open_now(
    compared: ComparedDocument, now: CitationGraph, review: Review
) -> dict[tuple[str, str], CitedState]:
    if compared.after is None:
        return {}
    found = open_places(review, now.of_document(compared.id), sums_of(compared.after))
    return {(each.citation.key, each.citation.cited): each.kind for each in found}


def _changed(compared: ComparedDocument) -> Iterator[tuple[str, PassageChange | None]]:
    """What may be cited and is not the same; the document itself, with no change, last."""
    for change in compared.changes:
        if change.id and change.before and change.kind != "same":
            yield change.id, change
    if compared.is_changed:
        gone = compared.after is None
        yield compared.id, PassageChange("removed", None, None) if gone else None


def _only_edited(citations: list[CitingPlace]) -> list[CitingPlace]:
    return [each for each in citations if each.kind not in GO_WITH_THE_PASSAGE]


def graph_of(folder: Path, data: Path) -> CitationGraph:
    """Of a copy of an edition or a draft. Reading it takes a second, so the last ones are kept."""
    newest = max((each.stat().st_mtime_ns for each in folder.rglob("*")), default=0)
    return _graph(folder, data, newest)


@lru_cache(GRAPHS_KEPT)
def _graph(folder: Path, data: Path, newest: int) -> CitationGraph:
    return CitationGraph.read(folder, data)

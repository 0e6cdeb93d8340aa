"""The places that a change of a document touches, and how far people have come with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.operations.citations import KINDS, CitationGraph, graph_of
from bot.operations.compared_document import ComparedDocument
from bot.operations.impact import GO_WITH_THE_PASSAGE
from knowledge.revision import ChangeKind, CitingPlace, PassageChange, PlaceKind
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


@dataclass(frozen=True)
class Cited:
    """One passage that a place cites, or the whole document (`change` is None)."""

    citation: CitingPlace
    change: PassageChange | None
    state: CitedState
    review: PlaceReview | None = None

    @property
    def is_to_reread(self) -> bool:
        """Whether its words may still speak of what it cited before."""
        return self.state in TO_DO and self.review is not None and bool(self.review.once_cited)


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
    def is_to_reread(self) -> bool:
        return any(each.is_to_reread for each in self.cited)

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
    looked_at = _LookedAt(
        known,
        _open_now(compared, now, review),
        {(each.key, each.cited) for each in earlier.of_document(compared.id)},
    )
    reviewed = {cited for _, cited in (*known, *looked_at.open)}
    for cited, change in _changed(compared, reviewed):
        citations = now.of(cited)
        if change and change.kind in STANDS_IN:
            citations = tuple(each for each in citations if (each.key, cited) in known)
        still = {each.key for each in citations}
        gone = [each for each in earlier.of(cited) if each.key not in still]
        if change and change.kind == "removed":
            yield from (Cited(each, change, "broken") for each in _only_edited(citations))
            yield from (Cited(each, change, "settled") for each in _only_edited(gone))
            continue
        for each in citations:
            key = each.key, each.cited
            yield Cited(each, change, looked_at.state(key, change), known.get(key))
        if change is None or change.kind == "changed":
            yield from (Cited(each, change, "settled") for each in gone)


@dataclass(frozen=True)
class _LookedAt:
    """By what cites, and what it cites. `was`: what cited in the earlier edition."""

    known: Mapping[tuple[str, str], PlaceReview]
    open: Mapping[tuple[str, str], CitedState]
    was: Set[tuple[str, str]]

    def state(self, key: tuple[str, str], change: PassageChange | None) -> CitedState:
        """Of what is there now. Whoever wrote a citation that nobody was told to look at saw the
        words that there are."""
        known = self.known.get(key)
        if key in self.open:
            return self.open[key]
        if change and change.kind == "moved":
            return "told"
        if known and known.accepted:
            return "accepted"
        return "open" if key in self.was and known is None else "settled"


def _open_now(
    compared: ComparedDocument, now: CitationGraph, review: Review
) -> dict[tuple[str, str], CitedState]:
    if compared.after is None:
        return {}
    found = open_places(review, now.of_document(compared.id), sums_of(compared.after))
    return {(each.citation.key, each.citation.cited): each.kind for each in found}


STANDS_IN: frozenset[ChangeKind] = frozenset({"same", "new"})
"""Kinds of what nobody has to look at, unless a place cites it in the stead of another."""


def _changed(
    compared: ComparedDocument, reviewed: Set[str]
) -> Iterator[tuple[str, PassageChange | None]]:
    """What may be cited and is not the same; the document itself, with no change; and what stands
    in, of which somebody is to look at a place or has."""
    stands_in = [each for each in compared.changes if each.kind in STANDS_IN]
    for change in compared.changes:
        if change.id and change.before and change.kind != "same":
            yield change.id, change
    if compared.is_changed:
        gone = compared.after is None
        yield compared.id, PassageChange("removed", None, None) if gone else None
    elif compared.id in reviewed:  # It was only named anew.
        yield compared.id, None
    yield from ((each.id, each) for each in stands_in if each.id and each.id in reviewed)


def _only_edited(citations: Iterable[CitingPlace]) -> list[CitingPlace]:
    return [each for each in citations if each.kind not in GO_WITH_THE_PASSAGE]

"""The places that somebody has to look at, as what they cite has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.documents import StoredDocument
from knowledge.errors import ContentError, Location
from knowledge.revision.citing_place import CitingPlace
from knowledge.revision.review import Acceptance, Assignment, PlaceReview, Review
from knowledge.revision.wording import document_fingerprint, fingerprint, text_fingerprint

OpenKind = Literal["open", "edited", "reopened"]


@dataclass(frozen=True)
class OpenPlace:
    """A place that somebody has to look at. `open`: nobody has. `edited`: its own words have
    changed since, and nobody has said that they fit. `reopened`: it was accepted for other words.
    `once_cited`: passages that it cited before, of which its words may still speak.
    """

    citation: CitingPlace
    kind: OpenKind
    assigned: Assignment | None = None
    once_cited: tuple[str, ...] = ()


def with_opened(
    review: Review, citations: Iterable[CitingPlace], sums: Mapping[str, str]
) -> Review:
    """Opens each place, unless somebody has accepted it for the very words that it has.

    `sums`: of the words of each passage and of the document, from `sums_of`.
    """
    places = {(each.place, each.cited): each for each in review.places}
    for citation in citations:
        known = places.get(_key(citation))
        if known is None or (known.accepted is None and not _fits(known, citation, sums)):
            opened = _opened(citation, sums)
            assigned = known.assigned if known else None
            places[_key(citation)] = opened.model_copy(update={"assigned": assigned})
    return review.model_copy(update={"places": tuple(places.values())})


def with_reopened(
    review: Review, citation: CitingPlace, sums: Mapping[str, str], once_cited: str
) -> Review:
    """Opens a place whatever was accepted of it: that was while it cited `once_cited`. It may have
    cited more, which nobody has read it without either."""
    places = {(each.place, each.cited): each for each in review.places}
    known = places.get(_key(citation))
    before = known.once_cited if known else ()
    cited = tuple(dict.fromkeys((*before, once_cited)))
    opened = _opened(citation, sums)
    assigned = known.assigned if known else None
    places[_key(citation)] = opened.model_copy(update={"once_cited": cited, "assigned": assigned})
    return review.model_copy(update={"places": tuple(places.values())})


def without_decision(review: Review, citations: Iterable[CitingPlace]) -> Review:
    """What was accepted of these places holds no longer, although their words have not changed."""
    again = {_key(each) for each in citations}
    places = (each for each in review.places if (each.place, each.cited) not in again)
    return review.model_copy(update={"places": tuple(places)})


def open_places(
    review: Review, citations: Iterable[CitingPlace], sums: Mapping[str, str]
) -> tuple[OpenPlace, ...]:
    """In the order of `citations`. A place that is gone, or no longer cites the passage, is
    settled."""
    places = {(each.place, each.cited): each for each in review.places}
    found: list[OpenPlace] = []
    for citation in citations:
        known = places.get(_key(citation))
        if known and citation.cited in sums and (kind := _open_kind(known, citation, sums)):
            found.append(OpenPlace(citation, kind, known.assigned, known.once_cited))
    return tuple(found)


def with_accepted(
    review: Review, citations: Iterable[CitingPlace], sums: Mapping[str, str], decision: Acceptance
) -> Review:
    """Accepts each place for the words that it and the passage have now."""
    places = {(each.place, each.cited): each for each in review.places}
    for citation in citations:
        accepted = _opened(citation, sums).model_copy(update={"accepted": decision})
        places[_key(citation)] = accepted
    return review.model_copy(update={"places": tuple(places.values())})


def with_assigned(
    review: Review,
    citations: Iterable[CitingPlace],
    sums: Mapping[str, str],
    assignment: Assignment,
) -> Review:
    """Gives each place to somebody to look at. It stays open."""
    places = {(each.place, each.cited): each for each in review.places}
    for citation in citations:
        known = places.get(_key(citation)) or _opened(citation, sums)
        places[_key(citation)] = known.model_copy(update={"assigned": assignment})
    return review.model_copy(update={"places": tuple(places.values())})


def sums_of(stored: StoredDocument) -> dict[str, str]:
    """Of the words of each passage by its id, and of the document's by its own."""
    of_passages = {passage.id: fingerprint(passage) for passage in stored.passages}
    return {stored.document.id: document_fingerprint(stored.document)} | of_passages


def chosen(citations: Iterable[CitingPlace], places: Collection[str]) -> tuple[CitingPlace, ...]:
    """Those of the places named. Raises ContentError where one of them cites nothing here."""
    found = tuple(each for each in citations if each.key in places)
    known = {each.key for each in found}
    if unknown := [place for place in places if place not in known]:
        problem = "there is no such place; `principles content due` has their names"
        raise ContentError.at(Location(unknown[0]), problem)
    return found


def _opened(citation: CitingPlace, sums: Mapping[str, str]) -> PlaceReview:
    return PlaceReview(
        place=citation.key,
        cited=citation.cited,
        passage_sha256=sums[citation.cited],
        citing_sha256=text_fingerprint(citation.text),
    )


def _open_kind(
    known: PlaceReview, citation: CitingPlace, sums: Mapping[str, str]
) -> OpenKind | None:
    if known.accepted:
        return None if _fits(known, citation, sums) else "reopened"
    return "open" if known.citing_sha256 == text_fingerprint(citation.text) else "edited"


def _fits(known: PlaceReview, citation: CitingPlace, sums: Mapping[str, str]) -> bool:
    """Whether both have the words that they had."""
    return known.passage_sha256 == sums[citation.cited] and known.citing_sha256 == text_fingerprint(
        citation.text
    )


def _key(citation: CitingPlace) -> tuple[str, str]:
    return citation.key, citation.cited

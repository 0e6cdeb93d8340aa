"""What people have to look at: days for reviews, signatures, and places whose source has changed.

The one place that says so: the pages, the calendar feed, the report and `principles content due`
all ask here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from textwrap import shorten
from typing import Literal, get_args

from bot.container import Content
from bot.operations.citations import CitationGraph
from knowledge.documents import Document, StoredDocument
from knowledge.library import Library
from knowledge.revision.open_places import OpenPlace, open_places, sums_of
from knowledge.revision.review import Review, read_reviews
from knowledge.revision.sign_off import sign_off
from knowledge.signatures import SignOff, SignOffKind

Kind = Literal["notice", "document", "contact", "flow", "module"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TITLE = 100
"""Characters of a notice, which has no title: enough to know it by."""
SOON = timedelta(days=30)
"""What is due is named a month before it is overdue."""
NOT_SIGNED: Mapping[SignOffKind, str] = {
    "missing": "Nobody has signed it off.",
    "needs_another": "A second person has to sign it off.",
    "reopened": "It has changed since it was signed off.",
}
TOLD_TO_READERS: frozenset[Kind] = frozenset({"notice", "document"})
"""Where these are overdue, practitioners read that beside the words."""


@dataclass(frozen=True)
class DueReview:
    """`due` is None for what nobody has ever looked at. `note` is what is to be known besides."""

    kind: Kind
    id: str
    title: str
    owner: str | None
    due: date | None
    note: str = ""

    def is_overdue(self, today: date) -> bool:
        return self.due is None or self.due < today


@dataclass(frozen=True)
class Unsigned:
    """A document that nobody, or not everybody who has to, has signed as it stands."""

    document: Document
    sign_off: SignOff


@dataclass(frozen=True)
class OpenIn:
    """A place that is open, and the document that it cites."""

    document_id: str
    place: OpenPlace


@dataclass(frozen=True)
class Due:
    """`reviews`: all that have a day, the first due first."""

    reviews: tuple[DueReview, ...]
    unsigned: tuple[Unsigned, ...]
    places: tuple[OpenIn, ...]

    @property
    def places_open(self) -> int:
        """Each once, however much it cites that has changed."""
        return _count(self.places)

    def places_of(self, names: Collection[str]) -> int:
        """How many were given to whoever has one of these names, however it was typed."""
        own = set(map(_spelt, names))
        given = ((each, each.place.assigned) for each in self.places)
        return _count(each for each, to in given if to and _spelt(to.to) in own)

    def overdue(self, today: date) -> tuple[DueReview, ...]:
        return tuple(each for each in self.reviews if each.is_overdue(today))

    def coming(self, today: date) -> tuple[DueReview, ...]:
        return tuple(each for each in self.reviews if not each.is_overdue(today))

    def soon(self, today: date) -> tuple[DueReview, ...]:
        coming = self.coming(today)
        return tuple(each for each in coming if each.due and each.due <= today + SOON)


def _count(places: Iterable[OpenIn]) -> int:
    return len({each.place.citation.key for each in places})


def _spelt(name: str) -> str:
    return " ".join(name.split()).casefold()


def due(library: Library, content: Content, folder: Path, data: Path) -> Due:
    """`folder` holds the content that both were read from, `data` what was shipped beside it.

    Raises ContentError.
    """
    kept = read_reviews(folder)
    signed = {
        each.id: sign_off(kept.get(each.id, Review()), each) for each in library.documents.values()
    }
    return Due(
        reviews=tuple(reviews(library, content)),
        unsigned=tuple(
            Unsigned(library.documents[each], state)
            for each, state in signed.items()
            if state.kind != "signed"
        ),
        places=tuple(_open(library, kept, folder, data)),
    )


def open_places_of(
    stored: StoredDocument, review: Review, graph: CitationGraph
) -> tuple[OpenPlace, ...]:
    """The open places that cite one document."""
    return open_places(review, graph.of_document(stored.document.id), sums_of(stored))


def _open(
    library: Library, kept: Mapping[str, Review], folder: Path, data: Path
) -> Iterator[OpenIn]:
    """The graph, which takes a second, is read only where somebody has to look at something."""
    touched = [each for each in library.documents.values() if kept.get(each.id, Review()).places]
    graph = CitationGraph.read(folder, data) if touched else CitationGraph(())
    for document in touched:
        passages = (p for p in library.passages.values() if p.document_id == document.id)
        stored = StoredDocument(document, tuple(passages))
        for place in open_places_of(stored, kept[document.id], graph):
            yield OpenIn(document.id, place)


def reviews(library: Library, content: Content) -> list[DueReview]:
    """All that have a day for it, the first due first; before them what was never looked at."""
    found = [*_notices(library), *_documents(library), *_contacts(content), *_flows(content)]
    return sorted(found, key=lambda each: (each.due or date.min, each.kind, each.id))


def _notices(library: Library) -> Iterator[DueReview]:
    for record in library.notices.records:
        note = NOT_SIGNED.get(record.sign_off.kind, "")
        title = shorten(record.text, TITLE, placeholder="…")
        yield DueReview("notice", record.id, title, record.owner, record.review_by, note)


def _documents(library: Library) -> Iterator[DueReview]:
    for document in library.documents.values():
        if document.review_on:
            yield DueReview(
                "document", document.id, document.title, document.owner, document.review_on
            )


def _contacts(content: Content) -> Iterator[DueReview]:
    for name, entry in (*content.contacts.local.items(), *content.contacts.fixed.items()):
        note = "It is still an example." if entry.example else ""
        yield DueReview("contact", name, entry.label, entry.owner, entry.due(), note)


def _flows(content: Content) -> Iterator[DueReview]:
    for flow in content.flows.values():
        if flow.review_by:
            yield DueReview("flow", flow.id, flow.title, flow.owner, flow.review_by)
    for file in content.modules:
        module = file.module
        if module.review_by:
            yield DueReview("module", module.id, module.title, module.owner, module.review_by)

"""What people have to look at: notices, signatures and places whose source has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.operations.citations import CitationGraph
from knowledge.documents import Document, StoredDocument, read_documents
from knowledge.library import Library
from knowledge.notices import NoticeRecord
from knowledge.revision.open_places import OpenPlace, open_places, sums_of
from knowledge.revision.review import Review, read_reviews
from knowledge.revision.sign_off import SignOff, sign_off

SOON = timedelta(days=30)
"""A notice is named a month before it is overdue."""


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
    """`overdue` notices warn the reader of it themselves; `soon` are those that follow."""

    overdue: tuple[NoticeRecord, ...]
    soon: tuple[NoticeRecord, ...]
    unsigned: tuple[Unsigned, ...]
    places: tuple[OpenIn, ...]


def due(folder: Path, data: Path, today: date) -> Due:
    """`folder` holds the content, `data` what cites it. Raises ContentError."""
    stored = read_documents(folder)
    reviews = read_reviews(folder)
    notices = sorted(Library.read(folder).notices.records, key=lambda each: each.review_by)
    return Due(
        overdue=tuple(each for each in notices if each.overdue(today)),
        soon=tuple(
            each for each in notices if not each.overdue(today) and each.review_by <= today + SOON
        ),
        unsigned=tuple(
            Unsigned(each.document, state)
            for each in stored
            if (state := sign_off(reviews[each.document.id], each.document)).kind != "signed"
        ),
        places=tuple(_open(stored, reviews, CitationGraph.read(folder, data))),
    )


def open_places_of(
    stored: StoredDocument, review: Review, graph: CitationGraph
) -> tuple[OpenPlace, ...]:
    """The open places that cite one document."""
    return open_places(review, graph.of_document(stored.document.id), sums_of(stored))


def _open(
    stored: list[StoredDocument], reviews: dict[str, Review], graph: CitationGraph
) -> Iterator[OpenIn]:
    for each in stored:
        name = each.document.id
        if reviews[name].places:
            for place in open_places_of(each, reviews[name], graph):
                yield OpenIn(name, place)

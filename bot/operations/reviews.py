"""What somebody is to look at again, and by when: notices, documents, contacts, flows, modules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import shorten
from typing import Literal

from icalendar import Calendar, Event

from bot.container import Content
from knowledge.library import Library

Kind = Literal["notice", "document", "contact", "flow", "module"]
TITLE = 100
"""Characters of a notice, which has no title: enough to know it by."""
PRODUCT = "-//First Principles//Reviews due//EN"


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


def reviews(library: Library, content: Content) -> list[DueReview]:
    """All that have a day for it, the first due first; before them what was never looked at."""
    found = [*_notices(library), *_documents(library), *_contacts(content), *_flows(content)]
    return sorted(found, key=lambda each: (each.due or date.min, each.kind, each.id))


def calendar(found: list[DueReview], at: datetime, url: str) -> bytes:
    """An iCalendar feed: a whole day for each review. What is overdue stands on its own day."""
    feed = Calendar()
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("x-wr-calname", "First Principles: reviews due")
    for each in found:
        if each.due is None:
            continue
        event = Event()
        event.add("uid", f"{each.kind}-{each.id}@first-principles")
        event.add("dtstamp", at)
        event.add("dtstart", each.due)
        event.add("summary", f"Review the {each.kind}: {each.title}")
        event.add("description", "\n".join(filter(None, (_whose(each), each.note, url))))
        feed.add_component(event)
    written: bytes = feed.to_ical()
    return written


def _whose(review: DueReview) -> str:
    return f"Owner: {review.owner}" if review.owner else "Nobody is named as its owner."


def _notices(library: Library) -> Iterator[DueReview]:
    for record in library.notices.records:
        note = "" if record.signed_off_by else "Nobody has signed it off."
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

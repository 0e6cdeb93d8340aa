"""What is due, as a calendar that programs subscribe to (RFC 5545, and RFC 7986 for its name)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from bot.operations.due import DueReview, Kind

PRODUCT = "-//First Principles//Reviews due//EN"
LOOK_AGAIN = timedelta(hours=12)
"""A hint to programs: these are days, and what is done today is gone tomorrow."""
PAGES: Mapping[Kind, str] = {"notice": "notices", "document": "documents", "contact": "contacts"}
"""Where each is looked at, below `/manage`; the others have no page of their own."""
REVIEW: Mapping[Kind, str] = {
    "notice": "Review the notice",
    "document": "Review the document",
    "contact": "Review the contact",
    "flow": "Review the decision to talk through",
    "module": "Review the lesson of the induction",
}


def calendar(
    found: Iterable[DueReview], at: datetime, today: date, partnership: str, manage: str
) -> bytes:
    """A whole day for each review, and one, today, for all that are overdue: nobody looks for them
    in the past. `manage`: the address of `/manage`, by which the days of one partnership are told
    from those of another."""
    feed, reviews = Calendar(), list(found)
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        feed.add(name, f"Reviews due: {partnership}")
    feed.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    feed.add("x-published-ttl", "PT12H")
    for each in reviews:
        if each.due is not None:
            page = f"{manage}/{PAGES[each.kind]}/{each.id}" if each.kind in PAGES else _list(manage)
            summary = f"{REVIEW[each.kind]}: {each.title}"
            said = "\n".join(filter(None, (_whose(each), each.note, page)))
            feed.add_component(_day(f"{manage}/{each.kind}/{each.id}", at, each.due, summary, said))
    if late := [each for each in reviews if each.is_overdue(today)]:
        feed.add_component(_overdue(late, at, today, manage))
    written: bytes = feed.to_ical()
    return written


def _overdue(late: Sequence[DueReview], at: datetime, today: date, manage: str) -> Event:
    number = f"{len(late)} review is" if len(late) == 1 else f"{len(late)} reviews are"
    lines = (f"{REVIEW[each.kind]}: {each.title}" for each in late)
    return _day(
        f"{manage}/overdue", at, today, f"{number} overdue", "\n".join((*lines, _list(manage)))
    )


def _day(identity: str, at: datetime, day: date, summary: str, description: str) -> Event:
    """It lasts the whole day and keeps nobody busy. Always the same for the same `identity`."""
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, identity)))
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    event.add("description", description)
    return event


def _list(manage: str) -> str:
    return f"{manage}/reviews"


def _whose(review: DueReview) -> str:
    return f"Owner: {review.owner}" if review.owner else "Nobody is named as its owner."

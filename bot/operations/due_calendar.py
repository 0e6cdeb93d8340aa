"""What is due, as a calendar that programs subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event

from bot.operations.due import DueReview

PRODUCT = "-//First Principles//Reviews due//EN"


def calendar(found: Iterable[DueReview], at: datetime, url: str) -> bytes:
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

"""Days and times of day, as people type them and as they are shown."""

from __future__ import annotations

import re
from datetime import date, time

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FEWEST_LETTERS = 3
"""Of a month or a weekday: Nov, Mon."""
ORDINALS = frozenset({"st", "nd", "rd", "th", "of", "the"})
"""What stands in a day that is said: the 30th of November 2026."""
PARTS = re.compile(r"\d+|[^\W\d_]+")
YEAR_DIGITS = 4
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
NOON = 12


def shown_day(day: date | None) -> str:
    """Like 30 November 2026; nothing for None."""
    return f"{day:%-d %B %Y}" if day else ""


def read_day(typed: str) -> date:
    """Of 30 November 2026, 30 Nov 2026, 30th November 2026, November 30, 2026, 30/11/2026 (the day
    first) and 2026-11-30. A weekday before it is not looked at.

    Raises ValueError for everything else, also for a year of two digits.
    """
    parts = [each for each in PARTS.findall(typed.casefold()) if each not in ORDINALS]
    if parts and _place_in(WEEKDAYS, parts[0]):
        parts = parts[1:]
    first, second, third = parts
    if len(first) == YEAR_DIGITS and first.isdecimal():
        first, third = third, first
    elif not first.isdecimal():
        first, second = second, first
    if len(third) != YEAR_DIGITS:
        raise ValueError(typed)
    month = _place_in(MONTHS, second) or int(second)
    return date(int(third), month, int(first))


def said_day(typed: str) -> str:
    """As it is shown, whichever way it was typed; what is no day as it was typed."""
    try:
        return shown_day(read_day(typed))
    except ValueError:
        return typed.strip()


def _place_in(names: tuple[str, ...], word: str) -> int:
    """From 1; 0 for what is none of them, nor begins one."""
    if len(word) < FEWEST_LETTERS:
        return 0
    return next((n for n, name in enumerate(names, start=1) if name.startswith(word)), 0)


def read_time(typed: str) -> time:
    """Of 17:30, 17.30, 5.30pm and 9am. Raises ValueError for everything else, also for a number
    alone."""
    found = CLOCK.fullmatch(typed.strip())
    if not found or not (found[2] or found[3]):
        raise ValueError(typed)
    hour, half = int(found[1]), (found[3] or "").casefold()
    if half and not 1 <= hour <= NOON:
        raise ValueError(typed)
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    return time(hour, int(found[2] or 0))

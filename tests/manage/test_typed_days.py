"""A day is understood as people in England write it, and shown in one way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from bot.manage.typed_days import read_day, read_time, shown_day
from bot.manage.typed_fields import TypedFields
from bot.web.templating import FOLDER

DAY = date(2026, 11, 30)


def is_refused(read: Callable[[str], object], typed: str) -> bool:
    """Whatever the reason: what a person reads of it is said by the form."""
    try:
        read(typed)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    "typed",
    [
        "30 November 2026",
        " 30 november  2026 ",
        "30 Nov 2026",
        "30th November 2026",
        "the 30th of November, 2026",
        "Monday 30 November 2026",
        "Mon, 30 Nov 2026",
        "November 30, 2026",
        "30/11/2026",
        "30.11.2026",
        "30-11-2026",
        "30 11 2026",
        "2026-11-30",
    ],
)
def test_the_usual_forms_are_understood(typed: str) -> None:
    assert read_day(typed) == DAY


@pytest.mark.parametrize(
    "typed",
    [
        "30/11/26",
        "30 November",
        "11/30/2026",
        "31 November 2026",
        "soon",
        "",
        "30 Foo 2026",
        "²/1/2026",
    ],
)
def test_what_is_no_day_is_not_guessed_at(typed: str) -> None:
    assert is_refused(read_day, typed)


def test_it_is_shown_in_words() -> None:
    assert shown_day(DAY) == "30 November 2026"
    assert shown_day(None) == ""


def test_a_slip_says_how_to_write_it() -> None:
    typed = TypedFields()
    assert typed.day("review_by", "30/11/26") is None
    assert typed.slips["review_by"] == (
        "“30/11/26” is no date. Write day, month and year, such as 30 November 2026."
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("09:00", time(9)),
        ("9.30", time(9, 30)),
        ("9am", time(9)),
        ("5.30 pm", time(17, 30)),
        ("12pm", time(12)),
        ("12am", time(0)),
    ],
)
def test_a_time_of_day_is_understood(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["9", "25:00", "13pm", "0am", "nine", ""])
def test_what_is_no_time_of_day_is_not_guessed_at(typed: str) -> None:
    assert is_refused(read_time, typed)


def test_no_page_asks_for_a_day_as_the_browser_writes_it() -> None:
    """A browser shows 11/30/2026 to whoever has set it to another English."""
    native = ('type="date"', 'type="time"', 'type="month"', 'type="datetime-local"')
    pages = (FOLDER / "templates" / "manage").glob("*.html")
    assert not [each.name for each in pages if any(kind in each.read_text() for kind in native)]

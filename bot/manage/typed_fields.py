"""What somebody typed into a form, read field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from bot.manage.typed_days import read_day, read_time

EMPTY = "This is empty. Write it."
NO_DAY = "“{typed}” is no date. Write day, month and year, such as 30 November 2026."
NO_TIME = "“{typed}” is no time of day. Write it like 9:00 or 5:30pm."
TO_COME = "This day is still to come. Write the day on which somebody last looked."

NOTHING = "nothing"
TICKED = {True: "ticked", False: "not ticked"}
"""What was typed, where that is no words."""

Slips = Mapping[str, str]
"""What is wrong, by the name of the field."""


@dataclass(frozen=True)
class TypedFields:
    """Each method gives what was meant, and notes in `slips` what is wrong with it."""

    slips: dict[str, str] = field(default_factory=dict)

    def needed(self, name: str, typed: str) -> str:
        """In one line."""
        words = one_line(typed)
        if not words:
            self.slips[name] = EMPTY
        return words

    def day(self, name: str, typed: str) -> date | None:
        """None where nothing was typed."""
        try:
            return read_day(typed) if typed.strip() else None
        except ValueError:
            self.slips[name] = NO_DAY.format(typed=typed.strip())
            return None

    def needed_day(self, name: str, typed: str) -> date | None:
        """None only with a slip."""
        found = self.day(name, typed)
        if found is None:
            self.slips.setdefault(name, EMPTY)
        return found

    def not_to_come(self, name: str, day: date | None, today: date) -> None:
        """Nobody can have looked on a day that is to come."""
        if day and day > today:
            self.slips[name] = TO_COME

    def time(self, name: str, typed: str) -> time | None:
        try:
            return read_time(typed)
        except ValueError:
            self.slips[name] = NO_TIME.format(typed=typed.strip()) if typed.strip() else EMPTY
            return None


def one_line(text: str) -> str:
    return " ".join(text.split())


def lines(text: str) -> list[str]:
    """Each line that says something, once."""
    return list(dict.fromkeys(filter(None, map(one_line, text.splitlines()))))

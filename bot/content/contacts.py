"""Whom to turn to: local contacts and helplines, from one file that a person keeps up to date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, PrivateAttr
from rapidfuzz import fuzz

from bot.content.phrases import ContactPhrases
from bot.messages import Contact
from knowledge.errors import ContentError, Violation
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Day, ...] = get_args(Day)

WORD = re.compile(r"[\w']+")
SHORTEST_MISSPELT = 6
CLOSE_SPELLING = 80.0
"""Of 100: "servises" is 88 like "services", and "socail" 83 like "social"."""

DUTY_TEAM = "emergency_duty_team"

EMERGENCY = "999"
"""Whoever changes the contacts cannot take it out of what is said in danger."""

STALE_AFTER = timedelta(days=365)

ROLES = {
    "local": {
        "safeguarding_lead",
        "manager",
        "childrens_social_care",
        "emergency_duty_team",
        "lado",
        "adult_safeguarding",
        "legal",
        "data_protection",
        "procedures_manual",
    },
    "fixed": {"emergency", "police_101", "nspcc", "childline", "samaritans", "shout", "nhs_111"},
}


class Entry(Strict):
    """One contact of the file. `asked_as`: other words for it, in what people type."""

    label: str = Field(min_length=1)
    detail: str = Field(min_length=1)
    checked_on: date | None
    example: bool = False
    asked_as: tuple[str, ...] = ()
    owner: str | None = None
    review_by: date | None = None

    def due(self) -> date | None:
        """When it is to be looked at again; None where nobody ever has."""
        checked = self.checked_on + STALE_AFTER if self.checked_on else None
        return self.review_by or checked

    def is_overdue(self, today: date) -> bool:
        due = self.due()
        return due is None or due < today

    def is_unchecked(self, today: date) -> bool:
        """Whether nobody has checked it for a year, or ever."""
        return self.checked_on is None or today - self.checked_on > STALE_AFTER


class OfficeHours(Strict):
    """When the local contacts are at work, by local time. `closed_on`: bank holidays and the like.

    `until` is the first minute at which nobody answers.
    """

    days: tuple[Day, ...]
    since: time
    until: time
    closed_on: tuple[date, ...] = ()

    def hold(self, now: datetime) -> bool:
        working = DAYS[now.weekday()] in self.days and now.date() not in self.closed_on
        return working and self.since <= now.time() < self.until


class Contacts(Strict):
    """The file as read: `local` belongs to the partnership, `fixed` is the same everywhere.

    `ring_first` are the roles for whoever asks whom to ring and names nobody. Without
    `office_hours` somebody is always at work.
    """

    partnership: str
    ring_first: tuple[str, ...] = ("safeguarding_lead", "childrens_social_care")
    office_hours: OfficeHours | None = None
    local: dict[str, Entry]
    fixed: dict[str, Entry]
    _phrases: ContactPhrases = PrivateAttr()

    def of(self, *roles: str, today: date | None = None) -> list[Contact]:
        """The contacts of `roles`, in that order. Raises KeyError for a role that is not known."""
        return [self._contact(role, today or date.today()) for role in roles]

    def asked(self, names: Iterable[str], today: date | None = None) -> list[Contact]:
        """Whom a gap names, each once, in that order.

        A contact is named by its key, or by just what it is called. Whoever is no contact is passed
        on by name, without a number: nobody is led to somebody else.
        """
        found: dict[str, Contact] = {}
        for name in names:
            role = self._role(name)
            contact = self.of(role, today=today)[0] if role else self._unlisted(name)
            found.setdefault(contact.label, contact)
        return list(found.values())

    def known(self, names: Iterable[str], today: date | None = None) -> list[Contact]:
        """Those of `asked` that the file lists."""
        return self.asked(filter(self._role, names), today)

    def lacking(self, names: Iterable[str]) -> Iterator[str]:
        """What is wrong with each name that is the key of no contact, and what to do."""
        keys = list(self._entries())
        for name in names:
            if name not in keys:
                role = self._role(name) or next(iter(self.named(name)), None)
                meant = f"; perhaps '{role}' is meant" if role else ""
                yield (
                    f"there is no contact '{name}'{meant}. The contacts are {', '.join(keys)}."
                    " Whoever is none of them stands under ask_by_name"
                )

    @property
    def choices(self) -> list[tuple[str, Entry]]:
        """Every contact with its key, those of the partnership first."""
        return list(self._entries().items())

    def named(self, text: str) -> tuple[str, ...]:
        """The roles that the words name, in their order. A long word may be misspelt a little."""
        words = WORD.findall(text.casefold().replace("’", "'"))
        found: dict[int, str] = {}
        for wording, role in sorted(self._wordings(), key=_longest):
            name = WORD.findall(wording)
            for start in range(len(words) - len(name) + 1):
                window = range(start, start + len(name))
                said = words[start : start + len(name)]
                if all(map(_alike, said, name)) and found.keys().isdisjoint(window):
                    found.update(dict.fromkeys(window, role))
        return tuple(dict.fromkeys(found[place] for place in sorted(found)))

    def closed(self, now: datetime) -> bool:
        return self.office_hours is not None and not self.office_hours.hold(now)

    def to_ring(self, roles: Sequence[str], now: datetime) -> tuple[str, ...]:
        """Whom to name to somebody who asks for `roles`, perhaps none, at this local time.

        The emergency duty team comes first where it is asked for, or where nobody else is at work.
        """
        asked = [role for role in roles if role != DUTY_TEAM] or list(self.ring_first)
        local = any(role in self.local for role in asked)
        if DUTY_TEAM in roles or (local and self.closed(now)):
            asked.insert(0, DUTY_TEAM)
        return tuple(dict.fromkeys(asked))

    @property
    def examples(self) -> list[str]:
        """Roles that still hold the shipped example instead of a real contact."""
        return sorted(role for role, entry in self._entries().items() if entry.example)

    def unchecked(self, today: date | None = None) -> list[str]:
        """Roles whose entry nobody has checked for a year, or ever."""
        day = today or date.today()
        return sorted(role for role, entry in self._entries().items() if entry.is_unchecked(day))

    def _entries(self) -> dict[str, Entry]:
        return {**self.local, **self.fixed}

    def _role(self, name: str) -> str | None:
        said = name.strip().casefold()
        if said in self._entries():
            return said
        return next((role for wording, role in self._wordings() if wording == said), None)

    def _wordings(self) -> Iterator[tuple[str, str]]:
        """What each contact is called, with its role."""
        for role, entry in self._entries().items():
            for wording in (entry.label, *entry.asked_as):
                yield wording.casefold(), role

    def _contact(self, role: str, today: date) -> Contact:
        entry = self._entries()[role]
        return Contact(
            label=entry.label,
            detail=entry.detail,
            source="local" if role in self.local else "fixed",
            checked_on=entry.checked_on,
            note=self._note(entry, today),
        )

    def _note(self, entry: Entry, today: date) -> str | None:
        if not entry.is_unchecked(today):
            return None
        if entry.checked_on is None:
            return self._phrases.never_checked
        return self._phrases.not_checked_since.format(day=f"{entry.checked_on:%-d %B %Y}")

    def _unlisted(self, name: str) -> Contact:
        return Contact(
            label=name[:1].upper() + name[1:], detail=self._phrases.unlisted, source="local"
        )


def _alike(said: str, word: str) -> bool:
    """Whether a word is meant, letter for letter or, where it is long, nearly so."""
    return said == word or (
        len(word) >= SHORTEST_MISSPELT and fuzz.ratio(said, word) >= CLOSE_SPELLING
    )


def _longest(named: tuple[str, str]) -> tuple[int, str]:
    return -len(named[0]), named[0]


def read_contacts(path: Path, phrases: ContactPhrases) -> Contacts:
    """Raises ContentError when the file cannot be used, lacks a role or names no 999."""
    source = YamlSource.read(path)
    contacts = validated(source, Contacts)
    contacts._phrases = phrases
    lacking = [
        Violation(source.place_of((place,)), f"add under `{place}`: {', '.join(sorted(missing))}")
        for place, roles in ROLES.items()
        if (missing := roles - set(getattr(contacts, place)))
    ]
    if lacking:
        raise ContentError(*lacking)
    if EMERGENCY not in contacts.fixed["emergency"].detail:
        place = source.place_of(("fixed", "emergency", "detail"))
        problem = f"in danger this is said first, and it must name {EMERGENCY}"
        raise ContentError.at(place, problem)
    return contacts

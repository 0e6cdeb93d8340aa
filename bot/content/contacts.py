"""Whom to turn to: local contacts and helplines, from one file that a person keeps up to date."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from bot.content.errors import ContentError
from bot.content.phrases import ContactPhrases
from bot.content.yaml_source import load, not_yaml
from bot.messages import Contact

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


class ContactsError(ValueError):
    """The contacts file cannot be used; the text says what to change."""


class Entry(BaseModel):
    """One contact of the file. `asked_as`: other words for it in the list of known gaps."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str = Field(min_length=1)
    detail: str = Field(min_length=1)
    checked_on: date | None
    example: bool = False
    asked_as: tuple[str, ...] = ()

    def is_unchecked(self, today: date) -> bool:
        """Whether nobody has checked it for a year, or ever."""
        return self.checked_on is None or today - self.checked_on > STALE_AFTER


class Contacts(BaseModel):
    """The file as read: `local` belongs to the partnership, `fixed` is the same everywhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    partnership: str
    local: dict[str, Entry]
    fixed: dict[str, Entry]
    _phrases: ContactPhrases = PrivateAttr()

    def of(self, *roles: str, today: date | None = None) -> list[Contact]:
        """The contacts of `roles`, in that order. Raises KeyError for a role that is not known."""
        return [self._contact(role, today or date.today()) for role in roles]

    def asked(self, ask: str, today: date | None = None) -> list[Contact]:
        """Whom a gap's `ask` ("safeguarding lead, legal team") means, each named once.

        What no entry answers to is passed on by name, without a number.
        """
        found: dict[str, Contact] = {}
        for name in filter(None, (part.strip() for part in ask.split(","))):
            role = self._role(name)
            contact = self.of(role, today=today)[0] if role else self._unlisted(name)
            found.setdefault(contact.label, contact)
        return list(found.values())

    def known(self, ask: str, today: date | None = None) -> list[Contact]:
        """Those of `asked` that the file lists."""
        parts = (part for part in ask.split(",") if self._role(part))
        return self.asked(",".join(parts), today)

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
        said = name.casefold()
        names = [
            (wording.casefold(), role)
            for role, entry in self._entries().items()
            for wording in (entry.label, *entry.asked_as)
        ]
        return next(
            (role for wording, role in sorted(names, key=_longest) if wording in said), None
        )

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


def _longest(named: tuple[str, str]) -> tuple[int, str]:
    return -len(named[0]), named[0]


def read_contacts(path: Path, phrases: ContactPhrases) -> Contacts:
    """Raises ContactsError when the file is missing, is not YAML or lacks a role."""
    try:
        text, file = load(path)
        contacts = Contacts.model_validate(yaml.safe_load(text))
        contacts._phrases = phrases
    except FileNotFoundError:
        raise ContactsError(
            f"{path}: there is no such file. Copy the one that was shipped."
        ) from None
    except ContentError as error:
        raise ContactsError(str(error)) from None
    except yaml.YAMLError as error:
        raise ContactsError("{}: {}".format(*not_yaml(error, text, file))) from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ContactsError(f"{file}: {wrong}") from None
    for place, roles in ROLES.items():
        if missing := roles - set(getattr(contacts, place)):
            raise ContactsError(f"{file}: add under `{place}`: {', '.join(sorted(missing))}.")
    return contacts

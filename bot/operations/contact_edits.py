"""Changes the contacts in the folder of a draft, as `Drafts.change` gives one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from ruamel.yaml.comments import CommentedMap

from bot.content.contacts import Contacts, Entry, OfficeHours
from bot.content.data_files import DATA
from bot.operations.yaml_edits import edit, in_a_line, put, put_list, quoted

Section = Literal["local", "fixed"]
"""`local` belongs to the partnership, `fixed` is the same everywhere."""
ENTRY_KEYS = ("label", "detail", "checked_on", "owner", "review_by", "example", "asked_as")
"""In this order in the file. The last three may be left out, and `owner` and `review_by`."""
KEYS = tuple(Contacts.model_fields)
CLOCK = "%H:%M"


def contacts_file(folder: Path) -> Path:
    return folder / DATA / "contacts.yaml"


def add_contact(folder: Path, section: Section, role: str, entry: Entry) -> None:
    """As the last of its section."""
    made = CommentedMap()
    _write(made, entry)
    edit(contacts_file(folder), lambda content: content[section].update({role: made}))


def change_contact(folder: Path, section: Section, role: str, entry: Entry) -> None:
    edit(contacts_file(folder), lambda content: _write(content[section][role], entry))


def take_out_contact(folder: Path, section: Section, role: str) -> None:
    edit(contacts_file(folder), lambda content: content[section].pop(role))


def change_hours(
    folder: Path, partnership: str, ring_first: tuple[str, ...], hours: OfficeHours | None
) -> None:
    """The partnership's name, whom to ring first, and when they are at work: None for always."""

    def change(content: Any) -> None:
        put(content, "partnership", partnership, KEYS)
        put_list(content, "ring_first", ring_first, KEYS)
        if hours is None:
            content.pop("office_hours", None)
            return
        if "office_hours" not in content:
            content.insert(list(content).index("local"), "office_hours", CommentedMap())
        _write_hours(content["office_hours"], hours)

    edit(contacts_file(folder), change)


def _write(there: Any, entry: Entry) -> None:
    for key in ("label", "detail", "checked_on"):
        put(there, key, getattr(entry, key), ENTRY_KEYS)
    for key in ("owner", "review_by", "example"):
        if value := getattr(entry, key):
            put(there, key, value, ENTRY_KEYS)
        else:
            there.pop(key, None)
    if entry.asked_as:
        put_list(there, "asked_as", entry.asked_as, ENTRY_KEYS)
    else:
        there.pop("asked_as", None)


def _write_hours(there: Any, hours: OfficeHours) -> None:
    keys = tuple(OfficeHours.model_fields)
    put_list(there, "days", hours.days, keys)
    for key in ("since", "until"):
        if there.get(key) != (value := getattr(hours, key).strftime(CLOCK)):
            there[key] = quoted(value)
    if list(there.get("closed_on", ())) != list(hours.closed_on):
        there["closed_on"] = in_a_line(hours.closed_on)

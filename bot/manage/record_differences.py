"""What a draft changes in notices and contacts, one by one, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.content.contacts import Contacts, Entry, OfficeHours
from bot.content.data_files import DATA
from bot.manage.draft_difference import DraftDifference
from knowledge.notices import FILE as NOTICES
from knowledge.notices import NoticeRecord, read_records
from knowledge.schema import validated
from knowledge.signatures import SignOffKind
from knowledge.yaml_source import YamlSource

CONTACTS = f"{DATA}/contacts.yaml"
RECORDS = (NOTICES, CONTACTS)
"""The files that are told record by record, by their paths in an edition."""

NOTICE_FIELDS = {
    "text": "Wording",
    "kind": "Kind",
    "certainty": "How sure",
    "passages": "Passages",
    "documents": "Whole documents",
    "checked_on": "Checked on",
    "review_by": "Review by",
    "owner": "Owner",
    "needs_two": "Two people have to sign it",
}
CONTACT_FIELDS = {
    "label": "Who it is",
    "detail": "How to reach them",
    "asked_as": "Other names",
    "example": "It is an example",
    "checked_on": "Checked on",
    "review_by": "Review by",
    "owner": "Owner",
}
HOURS_FIELDS = {
    "partnership": "The partnership",
    "ring_first": "Whom to ring first",
    "office_hours": "When they are at work",
}
SIGNED: Mapping[SignOffKind, str] = {
    "signed": "It is signed as it stands.",
    "missing": "Nobody has signed it.",
    "needs_another": "It needs a second person to sign it.",
    "reopened": "Nobody has signed it as it stands.",
}


def record_differences(live: Path, draft: Path, name: str) -> list[DraftDifference]:
    """Of the file of that name, which both have and which differs. Raises ContentError."""
    if name == NOTICES:
        return list(_notices(read_records(live), read_records(draft)))
    return list(_contacts(_read(live), _read(draft)))


def _read(folder: Path) -> Contacts:
    return validated(YamlSource.read(folder / CONTACTS), Contacts)


def _notices(
    before: tuple[NoticeRecord, ...], after: tuple[NoticeRecord, ...]
) -> Iterator[DraftDifference]:
    old, new = ({each.id: each for each in side} for side in (before, after))
    for name, record in new.items():
        title, page = f"Notice {name}", f"/manage/notices/{name}"
        signed = SIGNED[record.sign_off.kind]
        if name not in old:
            yield DraftDifference(title, (f"New: “{record.text}”", signed), page)
        elif old[name] != record:
            changed = _changed(NOTICE_FIELDS, old[name], record)
            yield DraftDifference(title, (*changed, signed), page)
    for name in old.keys() - new.keys():
        yield DraftDifference(f"Notice {name}", ("Taken out.",), "")


def _contacts(before: Contacts, after: Contacts) -> Iterator[DraftDifference]:
    if changed := tuple(_changed(HOURS_FIELDS, before, after)):
        yield DraftDifference("Office hours", changed, "/manage/contacts/hours")
    old, new = ({**side.local, **side.fixed} for side in (before, after))
    for role, entry in new.items():
        title, page = f"Contact {entry.label}", f"/manage/contacts/{role}"
        if role not in old:
            yield DraftDifference(title, (f"New: “{entry.detail}”",), page)
        elif changed := tuple(_changed(CONTACT_FIELDS, old[role], entry)):
            yield DraftDifference(title, changed, page)
    for role in old.keys() - new.keys():
        yield DraftDifference(f"Contact {old[role].label}", ("Taken out.",), "")


def _changed(
    fields: Mapping[str, str], before: Contacts | Entry | NoticeRecord, after: object
) -> Iterator[str]:
    for key, name in fields.items():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield f"{name}: “{_shown(old)}” becomes “{_shown(new)}”."


def _shown(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return f"{value:%-d %B %Y}"
        case tuple():
            return ", ".join(map(_shown, value)) or "none"
        case OfficeHours():
            days = ", ".join(day.capitalize() for day in value.days)
            closed = f", not on {_shown(value.closed_on)}" if value.closed_on else ""
            return f"{days}, {value.since:%H:%M} to {value.until:%H:%M}{closed}"
    return str(value or "none")

"""What one state of the notices and contacts changes in another, one by one, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.content.contacts import Contacts, Entry, OfficeHours
from bot.operations.difference import ContentDifference, Titles
from knowledge.notices import NoticeRecord, NoticesFile, notice_name
from knowledge.schema import validated
from knowledge.signatures import SignOffKind
from knowledge.yaml_source import YamlSource

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
IN_COMMON = "The partnership's name, its office hours or whom to ring first have changed."
SIGNED: Mapping[SignOffKind, str] = {
    "signed": "It is signed as it stands.",
    "missing": "Nobody has signed it.",
    "needs_another": "It needs a second person to sign it.",
    "reopened": "Nobody has signed it as it stands.",
}


def notice_differences(
    before: Path | None, after: Path | None, titles: Titles
) -> Iterator[ContentDifference]:
    """Of two states of the file; None where there is none. Raises ContentError."""
    old, new = ({each.id: each for each in _records(side)} for side in (before, after))
    for name, record in new.items():
        signed, was = SIGNED[record.sign_off.kind], old.get(name)
        page = f"notices/{name}"
        if was is None:
            yield _of_notice(record, (f"New: “{record.text}”", signed), "New", titles, page)
        elif was != record:
            said = (*_changed(NOTICE_FIELDS, was, record), signed)
            told = "" if _met(was) == _met(record) else "Changed"
            yield _of_notice(record, said, told, titles, page)
    for name, record in old.items():
        if name not in new:
            yield _of_notice(record, ("Taken out.",), "No longer shown", titles)


def _records(file: Path | None) -> tuple[NoticeRecord, ...]:
    return validated(YamlSource.read(file), NoticesFile).notices if file else ()


def _met(record: NoticeRecord) -> tuple[object, ...]:
    """What those who read are told of. Days, owners and signatures are no news to them."""
    return record.text, record.kind, record.passages, record.documents


def _of_notice(
    record: NoticeRecord, said: tuple[str, ...], told: str, titles: Titles, page: str = ""
) -> ContentDifference:
    """Those who edit know it by its name, and those who read by what it stands beside."""
    text = " ".join(record.text.split())
    return ContentDifference(
        "",
        f"Notice: {notice_name(record.id)}",
        said,
        (f"{told}: “{text}”",) if told else (),
        page,
        f"Notice beside {_beside(record, titles)}",
    )


def _beside(record: NoticeRecord, titles: Titles) -> str:
    """The titles of the documents that it stands beside, or that its passages are of."""
    ids = (*record.documents, *(each.partition(".")[0] for each in record.passages))
    named = (titles.get(each, f"document {each}") for each in dict.fromkeys(ids))
    return ", ".join(named) or "no passage"


def contact_differences(
    before: Path | None, after: Path | None, _: Titles
) -> Iterator[ContentDifference]:
    """Of two states of the file; None where there is none. Raises ContentError."""
    sides = [_read(side) if side else None for side in (before, after)]
    if sides[0] and sides[1] and (said := tuple(_changed(HOURS_FIELDS, sides[0], sides[1]))):
        yield ContentDifference(
            "", "Office hours", said, (IN_COMMON,), "contacts/hours", "Contacts"
        )
    old, new = ({**side.local, **side.fixed} if side else {} for side in sides)
    for role, entry in new.items():
        was = old.get(role)
        page = f"contacts/{role}"
        if was is None:
            yield _of_contact(entry, (f"New: “{entry.detail}”",), "New.", page)
        elif said := tuple(_changed(CONTACT_FIELDS, was, entry)):
            is_told = (was.label, was.detail) != (entry.label, entry.detail)
            yield _of_contact(entry, said, "Changed." if is_told else "", page)
    for role, entry in old.items():
        if role not in new:
            yield _of_contact(entry, ("Taken out.",), "Taken out.")


def _read(file: Path) -> Contacts:
    return validated(YamlSource.read(file), Contacts)


def _of_contact(
    entry: Entry, said: tuple[str, ...], told: str, page: str = ""
) -> ContentDifference:
    return ContentDifference("", f"Contact: {entry.label}", said, (told,) if told else (), page)


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

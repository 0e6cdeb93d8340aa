"""What one state of the notices and contacts changes in another, one by one, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.content.contacts import Contacts, Entry, OfficeHours
from bot.operations.difference import Became, ContentDifference, Titles
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
    "office_hours": "When they are at work",
}
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
            first = (f"New: “{record.text}”", signed)
            yield _of_notice(record, first, "New", titles, page, "new")
        elif was != record:
            said = (*_changed(NOTICE_FIELDS, was, record), signed)
            yield _of_notice(record, said, _noticed(was, record), titles, page)
    for name, record in old.items():
        if name not in new:
            last = (f"Taken out: “{' '.join(record.text.split())}”",)
            yield _of_notice(record, last, "No longer shown", titles, became="gone")


def _records(file: Path | None) -> tuple[NoticeRecord, ...]:
    return validated(YamlSource.read(file), NoticesFile).notices if file else ()


def _noticed(was: NoticeRecord, record: NoticeRecord) -> str:
    """What has changed of it for those who read; empty where they are told of nothing. Days and
    owners are no news to them."""
    if was.text != record.text:
        return "Changed"
    if (was.passages, was.documents) != (record.passages, record.documents):
        return "It stands beside other passages now"
    if was.kind != record.kind:
        return "It is drawn otherwise now"
    if (was.signed_by is None) != (record.signed_by is None):
        return "It is signed now" if record.signed_by else "It is no longer signed"
    return ""


def _of_notice(
    record: NoticeRecord,
    said: tuple[str, ...],
    told: str,
    titles: Titles,
    page: str = "",
    became: Became = "changed",
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
        "notice",
        became,
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
    if sides[0] and sides[1]:
        yield from _in_common(sides[0], sides[1])
    old, new = (_people(side) if side else {} for side in sides)
    for role, entry in new.items():
        was = old.get(role)
        page = f"contacts/{role}"
        if was is None:
            first = (f"New: “{entry.detail}”",)
            yield _of_contact(entry, first, first, page, "new")
        elif said := tuple(_changed(CONTACT_FIELDS, was, entry)):
            yield _of_contact(entry, said, tuple(_corrected(was, entry)), page)
    for role, entry in old.items():
        if role not in new:
            last = f"Taken out: “{entry.detail}”."
            yield _of_contact(entry, (last,), ("Taken out.",), became="gone")


def _in_common(before: Contacts, after: Contacts) -> Iterator[ContentDifference]:
    """What they share, in the same words for all: whom to ring first is known by name."""
    said = list(_changed(HOURS_FIELDS, before, after))
    named = [
        ", ".join(_people(side)[role].label for role in side.ring_first) for side in (before, after)
    ]
    if before.ring_first != after.ring_first:
        said.append(f"Whom to ring first: “{named[0]}” becomes “{named[1]}”.")
    if said:
        told = tuple(said)
        yield ContentDifference(
            "", "Office hours", told, told, "contacts/hours", "Contacts", "contact"
        )


def _people(contacts: Contacts) -> dict[str, Entry]:
    return {**contacts.local, **contacts.fixed}


def _read(file: Path) -> Contacts:
    return validated(YamlSource.read(file), Contacts)


def _corrected(was: Entry, now: Entry) -> Iterator[str]:
    """In a reader's words."""
    if was.label != now.label:
        yield f"It was called “{was.label}” before."
    if was.detail != now.detail:
        yield f"It is “{now.detail}” now, in place of “{was.detail}”."


def _of_contact(
    entry: Entry,
    said: tuple[str, ...],
    told: tuple[str, ...],
    page: str = "",
    became: Became = "changed",
) -> ContentDifference:
    return ContentDifference(
        "", f"Contact: {entry.label}", said, told, page, sort="contact", became=became
    )


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

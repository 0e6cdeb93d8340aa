"""Signing a document in the draft, and what may not be published without signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.documents import (
    DOCUMENTS,
    ENTRY,
    PASSAGES,
    TEXT,
    Document,
    DocumentEntry,
    document_folders,
    read_document_of,
    read_entry,
)
from knowledge.editions import Editions, WaitingDraft
from knowledge.editions.contents import is_same
from knowledge.errors import ContentError, Location
from knowledge.notices import NoticeRecord, notice_name, read_records
from knowledge.recutting import Cut
from knowledge.revision.review import Acceptance, read_review, write_review
from knowledge.revision.sign_off import sign_off, with_signature
from knowledge.signatures import SignOff

NOT_QUOTED = {"owner", "review_on", "needs_two", "imported_on", "original"}
"""What is known of a document and is no part of what practitioners are told."""


def signed_as(folder: Path, document_id: str) -> SignOff:
    """Raises ContentError."""
    document = read_document_of(folder, document_id)
    return sign_off(read_review(folder, document_id), document)


def sign(folder: Path, document_id: str, text_sha256: str, decision: Acceptance) -> None:
    """In the draft in `folder`. Raises ContentError where the text is not the one that was seen, or
    that person has signed it already."""
    document = read_document_of(folder, document_id)
    if document.sha256 != text_sha256:
        problem = "the text was changed since you looked at it. Look at it again, then sign it"
        raise ContentError.at(Location(document.title), problem)
    review = read_review(folder, document_id)
    write_review(folder, document_id, with_signature(review, document, decision))


def mark_needs_two(folder: Path, document_id: str, *, needs_two: bool) -> None:
    """Whether two people have to sign it. Raises ContentError."""
    cut = Cut.read(folder, document_id)
    entry = cut.entry.model_copy(update={"needs_two": needs_two})
    Cut(cut.folder, entry, cut.text, cut.passages).write()


@dataclass(frozen=True)
class Lacking:
    """What a draft changes, and two people have to sign and have not."""

    documents: tuple[Document, ...]
    notices: tuple[NoticeRecord, ...]

    @property
    def called(self) -> tuple[str, ...]:
        """Each as a person knows it."""
        titles = (each.title for each in self.documents)
        return (*titles, *(f"the notice “{notice_name(each.id)}”" for each in self.notices))


def lacking_signatures(editions: Editions, draft: WaitingDraft, folder: Path) -> Lacking:
    """Of the draft in `folder`. What is marked `needs_two` in either edition counts: nobody lifts
    that alone.

    Raises ContentError.
    """
    return lacking_between(editions.folder(draft.made_from.id), folder)


def lacking_between(before: Path, after: Path) -> Lacking:
    """The same of what is to be published in the place of the edition in `before`."""
    return Lacking(tuple(_documents(before, after)), tuple(_notices(before, after)))


def _notices(before: Path, after: Path) -> Iterator[NoticeRecord]:
    there = {each.id: each for each in read_records(before)}
    for now in read_records(after):
        was = there.get(now.id, now)
        if not (was.needs_two or now.needs_two):
            continue
        lifted = was.needs_two and not now.needs_two
        if now.id in there and was.sha256 == now.sha256 and not lifted:
            continue
        if now.model_copy(update={"needs_two": True}).sign_off.kind != "signed":
            yield now


def _documents(before: Path, after: Path) -> Iterator[Document]:
    there = {each.name for each in document_folders(before)}
    for each in document_folders(after):
        old, new = (side / DOCUMENTS / each.name for side in (before, after))
        now = read_entry(new / ENTRY)[1]
        was = read_entry(old / ENTRY)[1] if each.name in there else now
        if not (was.needs_two or now.needs_two):
            continue
        if each.name in there and not _changes(old, new, was, now):
            continue
        document = replace(read_document_of(after, each.name), needs_two=True)
        if sign_off(read_review(after, each.name), document).kind != "signed":
            yield document


def _changes(before: Path, after: Path, was: DocumentEntry, now: DocumentEntry) -> bool:
    if was.needs_two and not now.needs_two:
        return True
    if was.model_dump(exclude=NOT_QUOTED) != now.model_dump(exclude=NOT_QUOTED):
        return True
    return not all(is_same(before / name, after / name) for name in (TEXT, PASSAGES))

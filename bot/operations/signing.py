"""Signing a document in the draft, and which documents may not be published without signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
from knowledge.errors import ContentError, Location
from knowledge.recutting import Cut
from knowledge.revision.review import Decision, read_review, write_review
from knowledge.revision.sign_off import SignOff, sign_off, with_signature

NOT_QUOTED = {"owner", "review_on", "needs_two", "imported_on", "original"}
"""What is known of a document and is no part of what practitioners are told."""


def signed_as(folder: Path, document_id: str) -> SignOff:
    """Raises ContentError."""
    document = read_document_of(folder, document_id)
    return sign_off(read_review(folder, document_id), document)


def sign(folder: Path, document_id: str, text_sha256: str, decision: Decision) -> None:
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


def lacking_signatures(editions: Editions, draft: WaitingDraft, folder: Path) -> list[Document]:
    """The documents that the draft in `folder` changes, and that two people have to sign and have
    not. One that is marked so in either edition counts: nobody lifts that alone.

    Raises ContentError.
    """
    return list(_lacking(editions.folder(draft.made_from.id), folder))


def _lacking(before: Path, after: Path) -> Iterator[Document]:
    there = {each.name for each in document_folders(before)}
    for each in document_folders(after):
        sides = [side / DOCUMENTS / each.name for side in (before, after)]
        entries = [read_entry(side / ENTRY)[1] for side in sides if side.is_dir()]
        if not any(entry.needs_two for entry in entries):
            continue
        if each.name in there and not _changes(sides[0], sides[1], entries[0], entries[1]):
            continue
        document = replace(read_document_of(after, each.name), needs_two=True)
        if sign_off(read_review(after, each.name), document).kind != "signed":
            yield document


def _changes(before: Path, after: Path, was: DocumentEntry, now: DocumentEntry) -> bool:
    if was.needs_two and not now.needs_two:
        return True
    if was.model_dump(exclude=NOT_QUOTED) != now.model_dump(exclude=NOT_QUOTED):
        return True
    files = ((before / name, after / name) for name in (TEXT, PASSAGES))
    return any(one.read_bytes() != other.read_bytes() for one, other in files)

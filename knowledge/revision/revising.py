"""Puts a new edition of a document in the place of the old one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.documents import (
    DOCUMENTS,
    REVIEW,
    TEXT,
    Document,
    DocumentEntry,
    Passage,
    PassageEntry,
    read_stored,
    write_document,
)
from knowledge.editions.troubles import told_plainly
from knowledge.importing import ImportedDocument, ImportRefused, read_document
from knowledge.intake import GivenFacts, entry_of, label_of, original_name
from knowledge.passage_questions import QUESTIONS, rewrite_lines
from knowledge.revision.alignment import align
from knowledge.revision.change import PassageChange
from knowledge.revision.identity import with_ids
from knowledge.revision.kept_cut import with_kept_cut


@dataclass(frozen=True)
class NewFacts(GivenFacts):
    """What whoever brings a new edition says of it. What is None stays as it was, but for the
    version, which an edition has of its own. `needs_two`: whether two people have to sign it."""

    needs_two: bool | None = None


@dataclass(frozen=True)
class TakenOutQuestions:
    """Questions that nothing answers any more, as their passage was removed."""

    passage_id: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Revision:
    """What the new edition of a document has changed. `changes` are in the order of the edition."""

    document_id: str
    before: Document
    after: Document
    changes: tuple[PassageChange, ...]
    questions: tuple[TakenOutQuestions, ...] = ()


def revise(
    content: Path,
    document_id: str,
    file: Path,
    imported: ImportedDocument,
    given: NewFacts,
    today: date,
) -> Revision:
    """Puts the edition that was read from `file` into the folder of the content.

    Passages that go on keep their ids, and the questions of those that do not are taken out. What
    else cites them stays, and is found by whoever checks the content afterwards.

    Raises ContentError where there is no such document, or what would be written could not be read
    again or not be written; then nothing has changed.
    """
    old = read_stored(content, document_id)
    new = with_kept_cut(
        old, _as_imported_today(content / DOCUMENTS / document_id, old.document), imported
    )
    ever = {*(each.id for each in old.passages), *old.document.retired_passages}
    changes = with_ids(align(old.passages, new.passages), document_id, ever)
    removed = tuple(each.id for each in changes if each.kind == "removed" and each.id)
    entry = _entry(old.document, file, new, given, today, removed)
    folder = content / DOCUMENTS / document_id
    with told_plainly(folder), _in_place_of(folder) as earlier:
        write_document(folder, entry, new.text, list(_passages(changes)))
        shutil.copyfile(file, folder / original_name(file))
        if (earlier / REVIEW).exists():
            shutil.copyfile(earlier / REVIEW, folder / REVIEW)
        after = read_stored(content, document_id).document
    with told_plainly(content):
        questions = _without_questions(content / QUESTIONS, set(removed))
    return Revision(document_id, old.document, after, changes, questions)


def _as_imported_today(folder: Path, old: Document) -> ImportedDocument | None:
    """What the import makes of the old edition: of its original, where that is kept."""
    file = folder / (old.original.name if old.original else TEXT)
    try:
        return read_document(file if file.exists() else folder / TEXT)
    except ImportRefused:
        return None


def _entry(
    old: Document,
    file: Path,
    imported: ImportedDocument,
    given: NewFacts,
    today: date,
    removed: Sequence[str],
) -> DocumentEntry:
    """Of the new edition: what is not given anew is kept, but for the version and its year."""
    facts = GivenFacts(
        title=given.title or old.title,
        publisher=given.publisher or old.publisher,
        area=given.area or old.area,
        version=given.version,
    )
    same_area = given.area in (None, old.area)
    kept = {
        "holds_everywhere": old.holds_everywhere and same_area,
        "title_supplied": given.title is not None or old.title_supplied,
        "supersedes": old.supersedes,
        "needs_two": old.needs_two if given.needs_two is None else given.needs_two,
        "retired_passages": (*old.retired_passages, *removed),
    }
    if given.publisher is None:
        kept["certainty"] = old.certainty
    return entry_of(file, imported, facts, today).model_copy(update=kept)


def _passages(changes: Sequence[PassageChange]) -> Iterator[PassageEntry]:
    for change in changes:
        if (after := change.after) is None or change.id is None:
            continue
        reference = change.reference or change.id
        label = label_of(after, reference)
        yield PassageEntry(
            id=change.id,
            reference=reference,
            label=kept_label(change.before, label) if change.before else label,
            heading=after.heading or None,
            lead_in=after.lead_in or None,
            lines=after.lines,
            kind=change.before.kind if change.before else after.kind,
            flags=tuple(sorted(change.before.flags)) if change.before else (),
            text=after.text,
        )


def kept_label(before: Passage, label: str) -> str:
    """What a person called it stays; a label that was only the first words follows the text."""
    opening = before.label.removesuffix("…").strip()
    own = before.label != before.reference and not before.text.startswith(opening)
    return before.label if own else label


def _without_questions(file: Path, removed: set[str]) -> tuple[TakenOutQuestions, ...]:
    found: list[TakenOutQuestions] = []

    def without(line: dict[str, Any]) -> dict[str, Any] | None:
        if line["passage_id"] not in removed:
            return line
        found.append(TakenOutQuestions(line["passage_id"], tuple(line["questions"])))
        return None

    if removed:
        rewrite_lines(file, without)
    return tuple(found)


@contextmanager
def _in_place_of(folder: Path) -> Iterator[Path]:
    """Sets the folder aside while another is made under its name; puts it back where that fails."""
    aside = folder.with_name(f".{folder.name}")
    folder.rename(aside)
    try:
        yield aside
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)
        raise
    shutil.rmtree(aside)

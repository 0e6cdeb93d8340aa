"""A document as people edit it now, beside the edition of it that practitioners knew before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from knowledge.documents import (
    DOCUMENTS,
    ENTRY,
    PASSAGES,
    TEXT,
    Passage,
    StoredDocument,
    document_folders,
    read_entry,
    read_stored,
)
from knowledge.editions import Editions, WaitingDraft
from knowledge.editions.contents import is_same
from knowledge.revision import ChangeKind, PassageChange, compared

NAMED_BY = ("title", "publisher", "version", "year")
QUOTED = (TEXT, PASSAGES)
"""The files of a document that decide what is quoted."""


@dataclass(frozen=True)
class ComparedDocument:
    """`earlier` and `folder`: the content with the edition before, and as it is now. `before` and
    `after` are the same where nothing was ever changed, and where the document `is_new`; `after` is
    None where it was taken out."""

    id: str
    earlier: Path
    folder: Path
    before: StoredDocument
    after: StoredDocument | None
    changes: tuple[PassageChange, ...]
    is_new: bool = False

    @property
    def title(self) -> str:
        return (self.after or self.before).document.title

    @property
    def counts(self) -> Counter[ChangeKind]:
        return Counter(change.kind for change in self.changes)

    @property
    def is_changed(self) -> bool:
        return any(change.kind != "same" for change in self.changes)

    @property
    def new_words(self) -> Mapping[str, Passage]:
        """The passages that nobody knew before, or not in these words, by their ids."""
        if self.after is None:
            return {}
        is_other = {change.id for change in self.changes if change.kind in {"changed", "new"}}
        return {p.id: p for p in self.after.passages if self.is_new or p.id in is_other}

    @property
    def removed(self) -> Sequence[PassageChange]:
        """What nothing of the new edition goes on with."""
        return [change for change in self.changes if change.kind == "removed"]

    def change_of(self, passage_id: str) -> PassageChange | None:
        return next((each for each in self.changes if each.id == passage_id), None)


def compared_document(
    editions: Editions, draft: WaitingDraft | None, folder: Path, document_id: str
) -> ComparedDocument | None:
    """The draft beside the edition that it was made from, where the draft changes the document;
    else the live edition beside the one before its last change. None where there is no such
    document on either side. Raises ContentError."""
    earlier = _earlier(editions, draft, folder, document_id)
    is_there = _has(folder, document_id)
    if _has(earlier, document_id):
        return _compared(earlier, folder, document_id, is_there)
    if not is_there:
        return None
    return replace(_compared(folder, folder, document_id, is_there), is_new=True)


def without(folder: Path, document_id: str) -> ComparedDocument:
    """What taking the document out means: each of its passages is removed. Raises ContentError."""
    return _compared(folder, folder, document_id, False)


def _compared(earlier: Path, folder: Path, document_id: str, is_there: bool) -> ComparedDocument:
    before = read_stored(earlier, document_id)
    after = read_stored(folder, document_id) if is_there else None
    changes = (
        compared(before, after)
        if after
        else tuple(PassageChange("removed", each, None, id=each.id) for each in before.passages)
    )
    return ComparedDocument(document_id, earlier, folder, before, after, changes)


def _earlier(
    editions: Editions, draft: WaitingDraft | None, folder: Path, document_id: str
) -> Path:
    if draft:
        made_from = editions.folder(draft.made_from.id)
        if not _is_the_same(made_from, folder, document_id):
            return made_from
    history = editions.history()
    for edition, one_before in pairwise(history):
        changed = editions.changed_files(edition.id)
        if any(each.document == document_id and each.path.name in QUOTED for each in changed):
            return editions.folder(one_before.id)
    return folder


def _is_the_same(one: Path, other: Path, document_id: str) -> bool:
    """Whether both quote the same of it, and call it the same; also where neither has it."""
    if not _quotes_the_same(one, other, document_id):
        return False
    if not _has(one, document_id):
        return True
    sides = (read_entry(each / DOCUMENTS / document_id / ENTRY)[1] for each in (one, other))
    called = [[getattr(side, key) for key in NAMED_BY] for side in sides]
    return called[0] == called[1]


def _quotes_the_same(one: Path, other: Path, document_id: str) -> bool:
    sides = [each / DOCUMENTS / document_id for each in (one, other)]
    if not all(side.is_dir() for side in sides):
        return not any(side.is_dir() for side in sides)
    return all(is_same(sides[0] / name, sides[1] / name) for name in QUOTED)


def changed_documents(editions: Editions, draft: WaitingDraft, folder: Path) -> list[str]:
    """The ids of those of which the draft quotes something else than the edition that it was made
    from, or that it calls otherwise, or has taken out."""
    made_from = editions.folder(draft.made_from.id)
    there = [each.name for side in (made_from, folder) for each in document_folders(side)]
    return [each for each in sorted(set(there)) if not _is_the_same(made_from, folder, each)]


def _has(folder: Path, document_id: str) -> bool:
    return document_id in {each.name for each in document_folders(folder)}

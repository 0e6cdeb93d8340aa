"""What an edition changed, document by document, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.editions import Change, ChangedFile
from knowledge.library import Library

ENTRY = "document.yaml"
"""A document is new, or gone, where this file of it is."""


@dataclass(frozen=True)
class DocumentChange:
    """`title` is the one that is answered from now; None where the document is no longer there."""

    id: str
    title: str | None
    change: Change


def changed_documents(files: Sequence[ChangedFile], library: Library) -> list[DocumentChange]:
    """In the order of their ids."""
    found: dict[str, Change] = {}
    for file in files:
        if file.document:
            is_whole = file.path.name == ENTRY
            earlier = found.get(file.document, Change.CHANGED)
            found[file.document] = file.change if is_whole else earlier
    return [
        DocumentChange(
            each, document.title if (document := library.documents.get(each)) else None, change
        )
        for each, change in sorted(found.items())
    ]


def other_files(files: Sequence[ChangedFile]) -> list[ChangedFile]:
    """What belongs to no document."""
    return [file for file in files if file.document is None]

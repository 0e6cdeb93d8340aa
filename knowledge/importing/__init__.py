"""Takes a document in, in the form in which it came, and proposes its passages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from knowledge.importing.document import (
    DOCUMENT,
    ImportedDocument,
    NotQuotable,
    ProposedHeading,
    ProposedPassage,
)
from knowledge.importing.forms import form_of
from knowledge.importing.process import read_apart
from knowledge.importing.source import ImportRefused, SourceFile

__all__ = [
    "DOCUMENT",
    "ImportRefused",
    "ImportedDocument",
    "NotQuotable",
    "ProposedHeading",
    "ProposedPassage",
    "read_document",
]


def read_document(
    path: Path, progress: Callable[[int, int], None] | None = None
) -> ImportedDocument:
    """`progress(done, total)` is told of pages, in forms that have them.

    Raises ImportRefused for a file that is not taken in, with what to do next.
    """
    source = SourceFile.read(path)
    return read_apart(source, form_of(source), progress or _unheard)


def _unheard(done: int, total: int) -> None:
    """Whoever gives no callback is not told."""

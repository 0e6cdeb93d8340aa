"""Takes a document in, in the form in which it came, and proposes its passages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from knowledge.importing.block import Draft
from knowledge.importing.document import (
    ImportedDocument,
    NotQuotable,
    ProposedHeading,
    ProposedPassage,
)
from knowledge.importing.forms import Form, form_of
from knowledge.importing.outline import outlined
from knowledge.importing.pdf import read_pdf
from knowledge.importing.plain_text import read_plain_text
from knowledge.importing.source import ImportRefused, SourceFile
from knowledge.importing.web_page import read_web_page
from knowledge.importing.word import read_word

__all__ = [
    "ImportRefused",
    "ImportedDocument",
    "NotQuotable",
    "ProposedHeading",
    "ProposedPassage",
    "read_document",
]

Progress = Callable[[int, int], None]


def read_document(path: Path, progress: Progress | None = None) -> ImportedDocument:
    """`progress(done, total)` is told of pages, in forms that have them.

    Raises ImportRefused for a file that is not taken in, with what to do next.
    """
    source = SourceFile.read(path)
    form = form_of(source)
    reading = _read(source, form, progress or _unheard)
    return outlined(source, form, reading)


def _read(source: SourceFile, form: Form, progress: Progress) -> Draft:
    match form:
        case "pdf":
            return read_pdf(source, progress)
        case "html":
            reading = read_web_page(source)
        case "docx":
            reading = read_word(source)
        case _:
            reading = read_plain_text(source)
    progress(1, 1)
    return reading


def _unheard(done: int, total: int) -> None:
    """Whoever gives no callback is not told."""

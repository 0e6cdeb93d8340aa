"""Reads a file into a proposed document, in this process."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.importing.block import Draft
from knowledge.importing.document import ImportedDocument
from knowledge.importing.forms import Form
from knowledge.importing.outline import outlined
from knowledge.importing.pdf import read_pdf
from knowledge.importing.plain_text import read_plain_text
from knowledge.importing.source import SourceFile
from knowledge.importing.web_page import read_web_page
from knowledge.importing.word import read_word

Progress = Callable[[int, int], None]


def read(source: SourceFile, form: Form, progress: Progress) -> ImportedDocument:
    """Raises ImportRefused, or whatever a parser raises that a damaged file breaks."""
    return outlined(source, form, _draft(source, form, progress))


def _draft(source: SourceFile, form: Form, progress: Progress) -> Draft:
    match form:
        case "pdf":
            return read_pdf(source, progress)
        case "html":
            draft = read_web_page(source)
        case "docx":
            draft = read_word(source)
        case _:
            draft = read_plain_text(source)
    progress(1, 1)
    return draft

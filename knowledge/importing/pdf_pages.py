"""The words and tables of a PDF's pages, as pdfplumber finds them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from knowledge.importing.limits import MAX_PDF_PAGES, MAX_WORDS_PER_PAGE
from knowledge.importing.pdf_lines import Page, PlacedWord, TableOnPage, page_of
from knowledge.importing.source import SourceFile

BOLD = ("bold", "black", "heavy", "demi")
LOCKED = (
    "this PDF is protected with a password; ask whoever published it for a copy that is not, or for"
    " the Word document"
)
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PdfContents:
    """`title` and `author` are what the file says of itself."""

    pages: tuple[Page, ...]
    title: str
    author: str


def pdf_contents(source: SourceFile, progress: Callable[[int, int], None]) -> PdfContents:
    """Raises ImportRefused for a PDF that is protected or too long."""
    try:
        with pdfplumber.open(io.BytesIO(source.content)) as document:
            total = _checked_length(source, document)
            pages = []
            for found in document.pages:
                pages.append(_page(source, found))
                found.close()
                progress(found.page_number, total)
            said = document.metadata
            title, author = said.get("Title") or "", said.get("Author") or ""
            return PdfContents(tuple(pages), str(title), str(author))
    except PdfminerException as failure:
        if any(isinstance(c, PDFEncryptionError | PDFPasswordIncorrect) for c in failure.args):
            raise source.refusal(LOCKED) from None
        raise


def _checked_length(source: SourceFile, document: Any) -> int:
    if document.doc.encryption is not None:
        raise source.refusal(LOCKED)
    total = len(document.pages)
    if total > MAX_PDF_PAGES:
        raise source.refusal(
            f"this PDF has more than {MAX_PDF_PAGES} pages; split it, and import each part"
        )
    return total


def _page(source: SourceFile, page: Any) -> Page:
    number = page.page_number
    tables = []
    boxes = []
    for found in page.find_tables():
        rows = tuple(
            tuple((cell or "").translate(LIGATURES) for cell in row) for row in found.extract()
        )
        if _is_table(rows):
            boxes.append(found.bbox)
            tables.append(_table(found.bbox, rows, number))
    words = page.extract_words(
        extra_attrs=["size", "fontname"], keep_blank_chars=False, x_tolerance_ratio=0.2
    )
    if len(words) > MAX_WORDS_PER_PAGE:
        raise source.refusal(
            f"page {number} of this PDF holds more than {MAX_WORDS_PER_PAGE:,} words; print it to a"
            " new PDF, or import the Word document"
        )
    outside = [_word(word) for word in words if not _inside_any(word, boxes)]
    return page_of(number, float(page.height), outside, tables)


def _is_table(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Rules round a single column are a box, and its words are read as words."""
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    return len([row for row in filled if row]) > 1 and max(map(len, filled), default=0) > 1


def _table(box: Box, rows: tuple[tuple[str, ...], ...], page: int) -> TableOnPage:
    left, top, _, bottom = map(float, box)
    return TableOnPage(rows, left, top, bottom, page)


def _word(word: dict[str, Any]) -> PlacedWord:
    font = str(word["fontname"]).lower()
    left, right, top, bottom, size = (
        round(float(word[side]), 1) for side in ("x0", "x1", "top", "bottom", "size")
    )
    bold = any(sign in font for sign in BOLD)
    return PlacedWord(word["text"].translate(LIGATURES), left, right, top, bottom, size, bold)


def _inside_any(word: dict[str, Any], boxes: list[Box]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

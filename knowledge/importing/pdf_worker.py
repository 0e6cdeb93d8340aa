"""Reads the pages of a PDF in a process of its own, which may fail without harm.

`python -m knowledge.importing.pdf_worker MEMORY SECONDS PAGE_SECONDS`, the PDF on standard input.
Writes a line of JSON a page. A page that takes too long, or too much memory, ends the process.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Any

from knowledge.importing.limits import MAX_PDF_PAGES, MAX_WORDS_PER_PAGE

TOO_LARGE = "memory"
LOCKED = "locked"
BROKEN = "broken"
TOO_LONG = "pages"


def main() -> None:
    memory, seconds, page_seconds = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    logging.disable(logging.CRITICAL)
    for page in _pages(sys.stdin.buffer.read(), page_seconds):
        _say(page)


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _pages(content: bytes, page_seconds: int) -> Iterator[dict[str, Any]]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    signal.alarm(page_seconds)
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if document.doc.encryption is not None:
                yield {"refused": LOCKED}
                return
            total = len(document.pages)
            if not 0 < total <= MAX_PDF_PAGES:
                yield {"refused": TOO_LONG if total else BROKEN}
                return
            for page in document.pages:
                signal.alarm(page_seconds)
                yield _page(page, total)
                page.close()
            yield {"author": str(document.metadata.get("Author") or "")} | {
                "title": str(document.metadata.get("Title") or "")
            }
    except Exception as failure:  # A broken file can break a parser anywhere, and in any way.
        causes = (failure, failure.__cause__, failure.__context__, *failure.args)
        if any(isinstance(cause, MemoryError | RecursionError) for cause in causes):
            yield {"refused": TOO_LARGE}
        elif any(isinstance(c, PDFEncryptionError | PDFPasswordIncorrect) for c in causes):
            yield {"refused": LOCKED}
        else:
            yield {"refused": BROKEN}


def _page(page: Any, total: int) -> dict[str, Any]:
    tables = [table for table in page.find_tables() if _is_table(table)]
    boxes = [table.bbox for table in tables]
    words = page.extract_words(
        extra_attrs=["size", "fontname"], keep_blank_chars=False, x_tolerance_ratio=0.2
    )
    return {
        "page": page.page_number,
        "of": total,
        "width": float(page.width),
        "height": float(page.height),
        "pictures": len(page.images),
        "words": [
            _word(word) for word in words[:MAX_WORDS_PER_PAGE] if not _inside_any(word, boxes)
        ],
        "tables": [
            {"box": [float(side) for side in table.bbox], "rows": _rows(table)} for table in tables
        ],
    }


def _is_table(table: Any) -> bool:
    """Rules round a single column are a box, and its words are read as words."""
    filled = [[cell for cell in row if cell and cell.strip()] for row in table.extract()]
    return len([row for row in filled if row]) > 1 and max(map(len, filled), default=0) > 1


def _rows(table: Any) -> list[list[str]]:
    return [[cell or "" for cell in row] for row in table.extract()]


def _word(word: dict[str, Any]) -> list[Any]:
    """Its text, left, right, top, bottom, size, and whether it is bold."""
    font = str(word["fontname"]).lower()
    bold = any(sign in font for sign in ("bold", "black", "heavy", "semibold", "demi"))
    places = [round(float(word[side]), 1) for side in ("x0", "x1", "top", "bottom", "size")]
    return [word["text"], *places, bold]


def _inside_any(word: dict[str, Any], boxes: list[tuple[float, float, float, float]]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


if __name__ == "__main__":
    main()

"""Which form a file is in, by what it holds; the name must agree."""

from __future__ import annotations

from typing import Literal

from knowledge.importing.limits import MAX_TEXT_BYTES, MEGABYTE
from knowledge.importing.source import SourceFile

Form = Literal["html", "docx", "pdf", "markdown", "restructuredtext", "text"]

BY_ENDING: dict[str, Form] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".md": "markdown",
    ".markdown": "markdown",
    ".rst": "restructuredtext",
    ".txt": "text",
    ".text": "text",
}
NAMES: dict[Form, str] = {
    "html": "a web page",
    "docx": "a Word document",
    "pdf": "a PDF",
    "markdown": "Markdown text",
    "restructuredtext": "reStructuredText",
    "text": "plain text",
}
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
OPENING = 1024
SAVE_AS = "open it in Word, save it as a Word document (.docx), and import that"


def form_of(source: SourceFile) -> Form:
    """Raises ImportRefused for a form that is not read, or that the name does not say."""
    said = BY_ENDING.get(source.ending)
    if source.ending in (".docm", ".dotm"):
        raise source.refusal(
            "this Word file can hold macros, and macros are not taken in; save it as a Word"
            " document without macros (.docx), and import that"
        )
    if said is None:
        raise source.refusal(
            "files that are read end in .html, .docx, .pdf, .md, .rst or .txt; save the document"
            " in one of these forms"
        )
    held = _held(source, said)
    if held != said:
        raise source.refusal(
            f"the name says {NAMES[said]}, but it holds {NAMES[held]}; save the document again in"
            " the form that its name says, or ask whoever sent it"
        )
    return said


def _held(source: SourceFile, said: Form) -> Form:
    opening = source.content[:OPENING]
    if opening.startswith(OLE):
        raise source.refusal(
            "this Word file is protected with a password, or is in Word's old form (.doc); take"
            f" the password off, {SAVE_AS}"
        )
    if opening.startswith(b"{\\rtf"):
        raise source.refusal(f"this is a rich text file (.rtf); {SAVE_AS}")
    if opening.startswith(ZIP):
        return "docx"
    if opening.startswith(b"%PDF-") or (said == "pdf" and b"%PDF-" in opening):
        return "pdf"
    if said in ("docx", "pdf"):
        if _is_page(opening):
            return "html"
        raise source.refusal(
            f"this file is damaged, or is not {NAMES[said]} at all; open it on your computer and"
            " save it again, or ask whoever sent it"
        )
    _check_text(source)
    return "html" if said != "html" and _is_page(opening) else said


def _check_text(source: SourceFile) -> None:
    if len(source.content) > MAX_TEXT_BYTES:
        raise source.refusal(
            f"a page or a text larger than {MAX_TEXT_BYTES // MEGABYTE} MB is not read; split it,"
            " and import each part"
        )
    if _has_controls(source.content):
        raise source.refusal(
            "this is not a text: it holds signs that no text has; save the document again as"
            " .docx, .html or .txt"
        )


def _is_page(opening: bytes) -> bool:
    start = opening.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))


def _has_controls(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    return any(code in content for code in (b"\x00", b"\x01", b"\x02", b"\x03", b"\x08"))

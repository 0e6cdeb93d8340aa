"""Hostile and broken files are refused in words that help, and harm nothing."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.importing import ImportRefused, read_document, source
from knowledge.importing.limits import MEGABYTE, READING, ReadingLimits
from tests.knowledge.importing.making import (
    imported,
    paragraph,
    pdf_of,
    pdf_of_streams,
    read_within,
    word_of,
    written,
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600
TEXT = "Call 999 if a child is in danger. Do not wait until the next day to make the referral."


def refused(folder: Path, name: str, content: bytes | str, limits: ReadingLimits = READING) -> str:
    with pytest.raises(ImportRefused) as refusal:
        read_within(written(folder, name, content), limits)
    assert isinstance(refusal.value, ContentError)
    return str(refusal.value)


@pytest.mark.parametrize("content", ["", " \n\t\n "])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    assert "empty" in refused(tmp_path, "policy.txt", content)


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    assert "larger than" in refused(tmp_path, "policy.txt", TEXT * 2)


def test_a_form_that_is_not_read(tmp_path: Path) -> None:
    assert ".docx" in refused(tmp_path, "policy.xlsx", TEXT)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("policy.docx", pdf_of([[(50, 700, 11, "F1", TEXT)]]), "it holds a PDF"),
        ("policy.pdf", word_of(paragraph(TEXT)), "it holds a Word document"),
        ("policy.txt", f"<!DOCTYPE html><p>{TEXT}</p>", "it holds a web page"),
        ("policy.pdf", TEXT, "damaged, or is not a PDF"),
        ("policy.html", b"\x00\x01\x02" + TEXT.encode(), "not a text"),
        ("policy.docx", b"{\\rtf1 hello}", "rich text"),
    ],
)
def test_a_name_that_says_something_else(
    tmp_path: Path, name: str, content: bytes | str, says: str
) -> None:
    assert says in refused(tmp_path, name, content)


def test_a_word_document_with_a_password(tmp_path: Path) -> None:
    assert "password" in refused(tmp_path, "policy.docx", OLE)


def test_macros(tmp_path: Path) -> None:
    hidden = word_of(paragraph(TEXT), parts={"word/vbaProject.bin": OLE})
    assert "macros" in refused(tmp_path, "policy.docx", hidden)
    assert "macros" in refused(tmp_path, "policy.docm", hidden)


def test_a_part_that_swells(tmp_path: Path) -> None:
    bomb = word_of(paragraph(TEXT), parts={"word/media/image1.bin": b"\x00" * 3_000_000})
    assert "unpacks" in refused(tmp_path, "policy.docx", bomb)


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_entities_in_a_word_document(tmp_path: Path, code: str) -> None:
    entities = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    bomb = word_of(paragraph(TEXT), parts={"word/document.xml": entities.encode(code)})
    assert "entities" in refused(tmp_path, "policy.docx", bomb)


def test_entities_in_a_web_page(tmp_path: Path) -> None:
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>&a;</p></html>'
    assert "entities" in refused(tmp_path, "policy.html", page)


def test_a_broken_word_document(tmp_path: Path) -> None:
    assert "damaged" in refused(tmp_path, "policy.docx", word_of(paragraph(TEXT))[:3000])
    no_xml = word_of("", parts={"word/document.xml": b"<w:document"})
    assert "damaged" in refused(tmp_path, "policy.docx", no_xml)


def test_a_zip_file_of_something_else(tmp_path: Path) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archived:
        archived.writestr("content.xml", "<office/>")
    assert "another program" in refused(tmp_path, "policy.docx", other.getvalue())


def test_a_document_with_nothing_to_quote(tmp_path: Path) -> None:
    assert "no paragraph to quote" in refused(tmp_path, "policy.html", "<h1>Policy</h1>")


def test_a_page_that_the_parser_cannot_read_to_its_end(tmp_path: Path) -> None:
    deep = "<div>" * 5000 + "<p>The end.</p>"
    page = f"<html><body><p>{TEXT}</p>{deep}</body></html>"
    assert "to its end" in refused(tmp_path, "policy.html", page)
    nested = "<div>" * 200 + "<p>The end.</p>"
    page = f"<html><body><p>{TEXT}</p>{nested}</body></html>"
    assert "The end." in imported(tmp_path, "policy.html", page).text


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    locked = pdf_of([[(50, 700, 11, "F1", TEXT)]], f"{lock} /ID [<4141> <4141>]")
    assert "password" in refused(tmp_path, "policy.pdf", locked)


def test_a_broken_pdf(tmp_path: Path) -> None:
    assert "damaged" in refused(tmp_path, "policy.pdf", b"%PDF-1.7\n" + b"\xff\x00junk" * 200)


def test_a_scan(tmp_path: Path) -> None:
    assert "scanner" in refused(tmp_path, "policy.pdf", pdf_of([[], []]))


def test_a_pdf_that_asks_for_too_much_memory(tmp_path: Path) -> None:
    bomb = pdf_of_streams([zlib.compress(b" " * (300 * MEGABYTE), 1)])
    limits = ReadingLimits(memory_bytes=400 * MEGABYTE)
    assert "memory" in refused(tmp_path, "policy.pdf", bomb, limits)


def test_a_pdf_that_takes_too_long(tmp_path: Path) -> None:
    endless = pdf_of_streams([zlib.compress(b"q Q " * 3_000_000)])
    limits = ReadingLimits(step_seconds=0.1)
    assert "too long" in refused(tmp_path, "policy.pdf", endless, limits)


@pytest.mark.parametrize("sign", [".", "a", "[", "*", "**a ", "(0", "a@"])
def test_one_sign_over_and_over_is_read_within_the_limits(tmp_path: Path, sign: str) -> None:
    content = f"# Policy\n\n{TEXT}\n\n{sign * 100_000}\n"
    document = read_document(written(tmp_path, "policy.md", content))
    assert document.passages[0].text == TEXT


def test_a_text_that_is_too_large(tmp_path: Path) -> None:
    assert "split it" in refused(tmp_path, "policy.txt", f"{TEXT}\n" * 130_000)

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importing import ImportRefused
from knowledge.importing.forms import form_of
from knowledge.importing.source import SourceFile


def form(name: str, content: bytes) -> str:
    return form_of(SourceFile(Path("folder") / name, content))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("policy.HTM", b"<p>words", "html"),
        ("policy.xhtml", b"<?xml version='1.0'?><html/>", "html"),
        ("policy.docx", b"PK\x03\x04", "docx"),
        ("policy.pdf", b"junk\n%PDF-1.7", "pdf"),
        ("policy.md", b"How to read a file that begins with %PDF-1.7", "markdown"),
        ("policy.rst", b"words", "restructuredtext"),
        ("policy.txt", "words".encode("utf-16"), "text"),
    ],
)
def test_the_form_of_a_file(name: str, content: bytes, expected: str) -> None:
    assert form(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("policy.xlsx", b"PK\x03\x04", "files that are read end in"),
        ("policy", b"words", "files that are read end in"),
        ("policy.docm", b"PK\x03\x04", "macros"),
        ("policy.txt", b"%PDF-1.7", "it holds a PDF"),
        ("policy.md", b"  <HTML>words", "it holds a web page"),
        ("policy.txt", b"\x00words", "not a text"),
    ],
)
def test_what_is_refused(name: str, content: bytes, says: str) -> None:
    with pytest.raises(ImportRefused, match=says):
        form(name, content)

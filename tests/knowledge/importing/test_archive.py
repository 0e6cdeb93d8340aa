from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importing import ImportRefused, archive
from knowledge.importing.archive import check_archive
from knowledge.importing.source import SourceFile
from tests.knowledge.importing.making import paragraph, word_of

BODY = paragraph("See the child alone.")
ZEROS = b"\x00" * 3_000_000


def refusal(content: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        check_archive(SourceFile(Path("policy.docx"), content))
    return str(refused.value)


def test_an_ordinary_document_passes() -> None:
    check_archive(SourceFile(Path("policy.docx"), word_of(BODY)))


def test_a_directory_that_lies_about_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_check_directory", lambda *_: None)
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 1_000_000)
    assert "unpacks" in refusal(word_of(BODY, parts={"word/media/image1.bin": ZEROS}))


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_PARTS", 3)
    assert "unpacks" in refusal(word_of(BODY))


def test_a_definition_that_two_pieces_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEGABYTE", 20)
    part = b" " * 15 + b"<!ENTITY a 'b'>"
    assert "entities" in refusal(word_of(BODY, parts={"word/other.xml": part}))


def test_what_is_no_archive() -> None:
    assert "damaged" in refusal(b"PK\x03\x04 and no more")

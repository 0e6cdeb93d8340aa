from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importing import ImportRefused
from knowledge.importing.encoding import decoded, text_of
from knowledge.importing.source import SourceFile

WORDS = "the child’s “café”"


class AskedBytes(bytes):
    """Remembers in which codes it was to be read."""

    def __init__(self, _: bytes) -> None:
        self.codes: list[str] = []

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        self.codes.append(encoding)
        return super().decode(encoding, errors)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_letters_in_any_code(code: str) -> None:
    assert decoded(WORDS.encode(code)) == WORDS


@pytest.mark.parametrize(
    ("declared", "code"),
    [("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("macintosh", "mac-roman")],
)
def test_what_a_page_declares(declared: str, code: str) -> None:
    head = f'<meta charset="{declared}">'
    assert decoded((head + WORDS).encode(code)) == head + WORDS


@pytest.mark.parametrize(
    "declared", ["hex", "zlib", "undefined", "utf-7", "unicode_escape", "idna", "punycode", "none"]
)
def test_what_no_page_is_written_in_is_not_believed(declared: str) -> None:
    page = f'<meta charset="{declared}">{WORDS} +2AA- \\ud800'
    content = AskedBytes(page.encode())
    assert decoded(content) == page
    assert content.codes == ["utf-8"]


def test_broken_letters_are_refused() -> None:
    with pytest.raises(ImportRefused, match="save it as UTF-8"):
        text_of(SourceFile(Path("policy.html"), b"\xef\xbb\xbf<p>caf\xe9</p>"))

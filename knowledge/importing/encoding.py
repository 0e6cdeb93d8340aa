"""The letters of a text file, whatever code they were saved in."""

from __future__ import annotations

import codecs
import re

from knowledge.importing.source import SourceFile

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._-]+)""")
DECLARED_WITHIN = 2048
BELIEVED = re.compile(r"utf-8|cp125\d|iso8859-\d+|mac-roman|koi8-[ru]|gb\w+|big5|shift_jis|euc_\w+")
"""Codes that pages are written in. Python knows others, which unpack, or never end."""


def text_of(source: SourceFile) -> str:
    """Raises ImportRefused where the letters cannot be read."""
    try:
        return decoded(source.content)
    except UnicodeDecodeError:
        raise source.refusal(
            "the letters of this file are damaged; open it in an editor and save it as UTF-8"
        ) from None


def decoded(content: bytes) -> str:
    """By its byte order mark, the charset it declares, else UTF-8, else Windows' own.

    Raises UnicodeDecodeError where what follows a byte order mark is broken.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name)
    for name in (*_declared(content), "utf-8"):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def _declared(content: bytes) -> tuple[str, ...]:
    """What is read as Latin-1 by its own word is read as cp1252, as browsers do."""
    found = DECLARED.search(content[:DECLARED_WITHIN])
    if found is None:
        return ()
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ()
    if name == "iso8859-1":
        return ("cp1252",)
    return (name,) if BELIEVED.fullmatch(name) else ()

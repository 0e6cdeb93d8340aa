"""The letters of a text file, whatever code they were saved in."""

from __future__ import annotations

import codecs
import re

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._-]+)""")
DECLARED_WITHIN = 2048


def decoded(content: bytes) -> str:
    """By its byte order mark, the charset it declares, else UTF-8, else Windows' own.

    Raises UnicodeDecodeError where UTF-16 or UTF-32 is broken.
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
        codec = codecs.lookup(found[1].decode("ascii"))
    except LookupError:
        return ()
    if codec.name in ("iso8859-1", "ascii"):
        return ("utf-8",) if codec.name == "ascii" else ("cp1252",)
    return (codec.name,) if _is_of_text(codec) else ()


def _is_of_text(codec: codecs.CodecInfo) -> bool:
    """Not such as "hex" or "zlib", which make bytes of bytes."""
    return bool(getattr(codec, "_is_text_encoding", True))

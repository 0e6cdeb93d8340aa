"""Looks over a Word document before it is opened: it is a zip file, and may be a trap."""

from __future__ import annotations

import io
import zipfile
import zlib

from knowledge.importing.limits import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MEGABYTE,
    SMALL_PART_BYTES,
)
from knowledge.importing.source import SourceFile

ENCRYPTED = 0x1
XML = (".xml", ".rels")
DEFINITIONS = tuple(
    word.encode(code)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
)
LONGEST = max(map(len, DEFINITIONS))


def check_archive(source: SourceFile) -> None:
    """Raises ImportRefused for a bomb, macros, entities, a password, or no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            _check_directory(source, archive)
            _check_parts(source, archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        raise source.refusal(
            "this Word document is damaged; open it in Word, let Word repair it, and save it again"
        ) from None


def _check_directory(source: SourceFile, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise source.refusal(
            "this file is protected with a password; take it off and save it again"
        )
    if any("vbaproject" in name for name in names):
        raise source.refusal(
            "this Word document holds macros, which are programs; save it as a Word document"
            " without macros (.docx), and import that"
        )
    if "word/document.xml" not in names or "[content_types].xml" not in names:
        raise source.refusal(
            "this is a zip file, or a document of another program, and not a Word document; open"
            " it in its own program and save it as .docx or .pdf"
        )
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or any(map(_swells, parts)):
        raise _bomb(source)


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL_PART_BYTES and part.file_size > MAX_RATIO * part.compress_size


def _check_parts(source: SourceFile, archive: zipfile.ZipFile) -> None:
    """Unpacks every part a piece at a time, for a directory can lie about sizes."""
    left = MAX_UNPACKED_BYTES
    for part in archive.infolist():
        unpacked = 0
        tail = b""
        with archive.open(part) as file:
            while piece := file.read(MEGABYTE):
                unpacked += len(piece)
                if unpacked > left:
                    raise _bomb(source)
                if part.filename.lower().endswith(XML) and _defines(tail + piece):
                    raise source.refusal(
                        "this Word document defines abbreviations of its own (entities), which no"
                        " document saved by Word does; open it in Word and save it again"
                    )
                tail = piece[-LONGEST:]
        left -= unpacked


def _defines(piece: bytes) -> bool:
    return any(definition in piece for definition in DEFINITIONS)


def _bomb(source: SourceFile) -> Exception:
    return source.refusal(
        "this file unpacks to far more than a document holds, as a file made to fill a disk does;"
        " ask whoever sent it, or open it in Word and save it again"
    )

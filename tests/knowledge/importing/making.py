"""Makes small documents of every form, good ones and hostile ones."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import docx

from knowledge.importing import ImportedDocument
from knowledge.importing.forms import form_of
from knowledge.importing.limits import READING, ReadingLimits
from knowledge.importing.process import read_apart
from knowledge.importing.reading import read
from knowledge.importing.source import SourceFile

Text = tuple[float, float, float, str, str]
"""Left, height above the foot of the page, size, F1 or F2 (bold), words."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def imported(folder: Path, name: str, content: bytes | str) -> ImportedDocument:
    """Read in this process, which is quicker."""
    source = SourceFile.read(written(folder, name, content))
    return read(source, form_of(source), lambda *_: None)


def read_within(path: Path, limits: ReadingLimits = READING) -> ImportedDocument:
    """Read in a process of its own, with the limits given."""
    source = SourceFile.read(path)
    return read_apart(source, form_of(source), lambda *_: None, limits)


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines_of(document: ImportedDocument) -> list[str]:
    return document.text.splitlines()


def pdf_of(pages: Sequence[Sequence[Text]], trailer: str = "") -> bytes:
    return pdf_of_streams([zlib.compress(_drawn(page)) for page in pages], trailer)


def _drawn(texts: Sequence[Text]) -> bytes:
    lines = (
        f"BT /{font} {size} Tf {left} {height} Td ({_escaped(words)}) Tj ET\n"
        for left, height, size, font, words in texts
    )
    return "".join(lines).encode("cp1252")


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def pdf_of_streams(streams: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF of pages whose drawings are compressed already."""
    fonts = "/F1 3 0 R /F2 4 0 R"
    font = "<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /{} >>"
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(streams)} /Kids [{kids}] >>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {6 + 2 * number} 0 R"
            f" /Resources << /Font << {fonts} >> >> >>".encode()
        )
        head = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        objects.append(head + stream + b"\nendstream")
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
    start = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    size = f"/Size {len(objects) + 1} /Root 1 0 R {trailer}"
    out.write(f"trailer\n<< {size} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def word_of(body: str, numbering: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """A Word document of the body given, with other parts put in or put in place of its own."""
    plain, made = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.save(plain)
    replaced = {"word/document.xml": _xml("document", f"<w:body>{body}</w:body>")}
    if numbering:
        replaced["word/numbering.xml"] = _xml("numbering", numbering)
    replaced |= parts or {}
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, content in replaced.items():
            new.writestr(name, content)
    return made.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr>"
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def numbered(text: str, level: int, number: int = 1) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, numbering)


def _xml(root: str, inside: str) -> bytes:
    return f'<?xml version="1.0"?><w:{root} xmlns:w="{W}">{inside}</w:{root}>'.encode()

"""The words of a passage, laid out for the pages: lists as lists, without the marks of its file.

What is stored, and what is quoted, stays the source's words exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markupsafe import Markup, escape

BlockKind = Literal["paragraph", "heading", "bullets", "numbers", "cells"]

BULLETS = "-*•·▪◦‣●○–\uf0b7\uf0a7"
"""The last two are how Word's own bullets come out of a PDF."""
BULLET = re.compile(rf"[{re.escape(BULLETS)}](?:\s+(?P<words>.*))?")
NUMBER = re.compile(r"(?:\d{1,2}[.)]|\(?[a-z]\)|\(?[ivx]{1,4}\))\s+\S.*")
HEADING = re.compile(r"#{1,6}\s+(?P<words>.*?)\s*#*")
RULE = re.compile(r"(?:[-=_*~]\s?){3,}")
LINK = re.compile(r"!?\[(?P<words>[^\]]+)\]\([^)\s]*\)")
EMPHASIS = re.compile(r"(?P<mark>\*{1,3}|__)(?=\S)(?P<words>[^*_\n]+?)(?<=\S)(?P=mark)")
CELLS = " | "
"""Between the cells of a table's row, as it is taken in."""


@dataclass
class LaidOutBlock:
    """`parts`: the items of a list, the cells of a row, or the one paragraph."""

    kind: BlockKind
    parts: list[str]


def laid_out(text: str) -> Markup:
    """As HTML. The words and their order are those of `text`."""
    return Markup("\n").join(map(_html, blocks(text)))


def blocks(text: str) -> list[LaidOutBlock]:
    found: list[LaidOutBlock] = []
    for is_blank, group in groupby(text.splitlines(), key=lambda line: not line.strip()):
        if not is_blank:
            found.extend(_of_lines(map(str.strip, group)))
    return list(_joined(found))


def _of_lines(lines: Iterable[str]) -> Iterator[LaidOutBlock]:
    """Of lines that no blank one parts. A line that begins nothing goes on with what is before."""
    block: LaidOutBlock | None = None
    for line in lines:
        if RULE.fullmatch(line):
            continue
        kind, words = _read(line)
        if block and kind == block.kind and kind in ("bullets", "numbers"):
            block.parts.append(words)
        elif block and kind == "paragraph" and block.kind != "heading":
            block.parts[-1] = f"{block.parts[-1]} {words}".strip()
        else:
            if block:
                yield block
            block = LaidOutBlock(kind, words.split(CELLS) if kind == "cells" else [words])
    if block:
        yield block


def _read(line: str) -> tuple[BlockKind, str]:
    if found := BULLET.fullmatch(line):
        return "bullets", found["words"] or ""
    if NUMBER.fullmatch(line):
        return "numbers", line
    if found := HEADING.fullmatch(line):
        return "heading", found["words"]
    cells = line.strip("|").strip()
    return ("cells", cells) if CELLS in cells else ("paragraph", line)


def _joined(found: Iterable[LaidOutBlock]) -> Iterator[LaidOutBlock]:
    """Lists that blank lines part are one, and a bullet that stands alone takes what follows."""
    before: LaidOutBlock | None = None
    for block in found:
        is_stranded = before and before.kind == "bullets" and not before.parts[-1]
        if before and is_stranded and block.kind == "paragraph":
            before.parts[-1] = block.parts[0]
        elif before and before.kind == block.kind and block.kind in ("bullets", "numbers"):
            before.parts.extend(block.parts)
        else:
            if before:
                yield before
            before = block
    if before:
        yield before


def _html(block: LaidOutBlock) -> Markup:
    parts = [_marked(each) for each in block.parts if each]
    match block.kind:
        case "paragraph":
            return Markup("<p>{}</p>").format(Markup(" ").join(parts))
        case "heading":
            return Markup("<p><strong>{}</strong></p>").format(Markup(" ").join(parts))
        case "bullets":
            return _list("bullets", parts)
        case "numbers" | "cells":
            return _list(block.kind, parts)


def _list(name: str, parts: Iterable[Markup]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(each) for each in parts)
    return Markup('<ul class="{}">{}</ul>').format(name, items)


def _marked(words: str) -> Markup:
    """What stands between asterisks is emphasised, and of a link its words are shown."""
    shown, done = Markup(""), 0
    words = LINK.sub(lambda link: link["words"], words)
    for found in EMPHASIS.finditer(words):
        shown += escape(words[done : found.start()])
        shown += Markup("<em>{}</em>").format(found["words"])
        done = found.end()
    return shown + escape(words[done:])


def opening(text: str, most: int = 160) -> str:
    """The first words in one line, without marks, cut at a word after `most` characters."""
    words = " ".join(" ".join(filter(None, block.parts)) for block in blocks(text))
    plain = EMPHASIS.sub(lambda found: found["words"], LINK.sub(lambda link: link["words"], words))
    if len(plain) <= most:
        return plain
    return plain[:most].rsplit(" ", 1)[0] + " …"

"""A source document as a person reads it: whole, in order, every passage at its anchor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from knowledge.library import Document, Library
from knowledge.quotes import Quote

Kind = Literal["heading", "paragraph", "item"]
BULLETS = ("-", "•")


@dataclass(frozen=True)
class Block:
    """A stretch of the document. `anchor` and `quote` are there where it is a passage."""

    kind: Kind
    text: str
    anchor: str | None = None
    quote: Quote | None = None


@dataclass(frozen=True)
class Run:
    """Blocks of one kind that follow each other: the items of one list, for example."""

    kind: Kind
    blocks: tuple[Block, ...]


def read_through(library: Library, document: Document) -> list[Run]:
    blocks = _blocks(library, document)
    return [Run(kind, tuple(run)) for kind, run in groupby(blocks, key=lambda block: block.kind)]


def _blocks(library: Library, document: Document) -> Iterator[Block]:
    passages = [each for each in library.passages.values() if each.document_id == document.id]
    end = 0
    for passage in sorted(passages, key=lambda each: each.start):
        between = document.text[end : passage.start]
        yield from _unquoted(between, passage.heading)
        kind: Kind = "item" if between.rstrip(" ").endswith(BULLETS) else "paragraph"
        yield Block(kind, passage.text, passage.anchor, library.quote(passage.id))
        end = passage.end
    yield from _unquoted(document.text[end:], None)


def _unquoted(text: str, heading: str | None) -> Iterator[Block]:
    """What stands between two passages. The bullet of the next one is not repeated."""
    for line in text.splitlines():
        words = line.strip()
        if not words or words in BULLETS:
            continue
        is_heading = heading is not None and words.endswith(heading)
        yield Block("heading" if is_heading else "paragraph", words)

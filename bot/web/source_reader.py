"""A source document as a person reads it: whole, in order, every passage at its anchor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from knowledge.documents import Document
from knowledge.library import Library
from knowledge.quotes import Quote

BlockKind = Literal["heading", "paragraph", "item"]
BULLETS = ("-", "•")


@dataclass(frozen=True)
class DocumentBlock:
    """A stretch of the document. `anchor` and `quote` are there where it is a passage."""

    kind: BlockKind
    text: str
    anchor: str | None = None
    quote: Quote | None = None


@dataclass(frozen=True)
class BlockRun:
    """Blocks of one kind that follow each other: the items of one list, for example."""

    kind: BlockKind
    blocks: tuple[DocumentBlock, ...]


def read_through(library: Library, document: Document) -> list[BlockRun]:
    blocks = _blocks(library, document)
    return [
        BlockRun(kind, tuple(run)) for kind, run in groupby(blocks, key=lambda block: block.kind)
    ]


def _blocks(library: Library, document: Document) -> Iterator[DocumentBlock]:
    passages = [each for each in library.passages.values() if each.document_id == document.id]
    end = 0
    for passage in sorted(passages, key=lambda each: each.start):
        between = document.text[end : passage.start]
        yield from _unquoted(between, passage.heading)
        kind: BlockKind = "item" if between.rstrip(" ").endswith(BULLETS) else "paragraph"
        yield DocumentBlock(kind, passage.text, passage.anchor, library.quote(passage.id))
        end = passage.end
    yield from _unquoted(document.text[end:], None)


def _unquoted(text: str, heading: str | None) -> Iterator[DocumentBlock]:
    """What stands between two passages. The bullet of the next one is not repeated."""
    for line in text.splitlines():
        words = line.strip()
        if not words or words in BULLETS:
            continue
        is_heading = heading is not None and words.endswith(heading)
        yield DocumentBlock("heading" if is_heading else "paragraph", words)

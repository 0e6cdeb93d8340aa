"""A document as its reader hands it on: one block after the other, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

TABLE_HEADING = 8
"""The level of a heading inside a table. It ends with the table."""

RUN_IN_HEADING = 7
"""The level of a short line in bold, which stands below every heading proper."""

RUN_IN_WORDS = 12
CLOSES_WORDS = (".", ";", ",")
"""No heading ends with one of these."""


@dataclass(frozen=True)
class Block:
    """`text` is one line. `marker` is what the document shows before it: "1.1", "(a)", "•".

    A `lead` introduces what follows and is nothing alone; a `head` is the first row of a table.
    `why` is set by a reader that knows from the document's structure that this is not quotable.
    """

    kind: Literal["heading", "paragraph", "item", "lead", "head", "row"]
    text: str
    level: int = 0
    depth: int = 0
    marker: str = ""
    why: str | None = None
    only_links: bool = False

    @property
    def line(self) -> str:
        """The line of the kept text."""
        indent = "  " * (self.depth + 1) if self.kind == "item" else ""
        return f"{indent}{self.marker} {self.text}" if self.marker else indent + self.text

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def may_head(self) -> bool:
        """Whether it is a heading if it is in bold: it is short, and closes as no sentence does."""
        return self.words <= RUN_IN_WORDS and not self.text.endswith(CLOSES_WORDS)

    def run_in(self) -> Block:
        """The block as a heading in bold."""
        return replace(self, kind="heading", level=RUN_IN_HEADING)


@dataclass(frozen=True)
class Draft:
    """What a reader found. `title` and `people` are what the file says of itself."""

    blocks: tuple[Block, ...]
    title: str | None = None
    people: tuple[str, ...] = ()


def one_line(text: str) -> str:
    """Every run of white space as one space; what is never seen on a page taken out."""
    return " ".join(text.translate(_UNSEEN).split())


def joined(texts: Iterable[str]) -> str:
    return one_line(" ".join(texts))


_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()]
_NO_WIDTH = map(ord, "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff")
_TURNED = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""They turn the direction of writing, so that a sentence reads as it does not stand."""

_TAGS = range(0xE0000, 0xE0080)
_HALVES = range(0xD800, 0xE000)
"""Halves of a letter, which no file can keep."""

_UNSEEN: dict[int, str | None] = dict.fromkeys((*_CONTROLS, *_NO_WIDTH, *_TURNED, *_TAGS))
_UNSEEN |= dict.fromkeys(_HALVES, "\ufffd")

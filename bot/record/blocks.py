"""What a document is made of, before it is Markdown, HTML or a Word document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Subheading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Entries:
    """Names, each with what is said of it."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TableOf:
    """Every row has as many cells as `heads`; a line break in a cell begins a new line. `widths`:
    of the columns, in hundredths of the whole; without them all are alike."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Blanks:
    """A table whose second column the reader fills in."""

    heads: tuple[str, str]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Quotation:
    """The source's words, where they stand, and which notices to read with them."""

    text: str
    citation: str
    check: str | None = None


@dataclass(frozen=True)
class Verbatim:
    """A line to copy as it stands."""

    text: str

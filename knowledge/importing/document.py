"""What an import proposes: a document's text as it will be kept, cut into passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from knowledge.importing.forms import Form

Lines = tuple[int, int]
"""The first and the last line of the kept text, from 1."""


@dataclass(frozen=True)
class ProposedPassage:
    """A citable unit, verbatim in `lines` of the kept text.

    `number` is the document's own and no part of `text`. `under` is the number of the paragraph
    or item whose list this stands in: "4.2" for an item "(a)" below paragraph 4.2.
    """

    number: str | None
    label: str
    text: str
    lines: Lines
    heading: str | None
    lead_in: str | None
    kind: Literal["paragraph", "item", "row"]
    under: str | None = None

    @property
    def reference(self) -> str | None:
        """What the document itself would call it: "4.2", or "4.2 (a)" for an item below that."""
        return f"{self.under} {self.number}" if self.under and self.number else self.number


@dataclass(frozen=True)
class NotQuotable:
    """Lines of the kept text that no passage holds, and why."""

    lines: Lines
    why: str


@dataclass(frozen=True)
class ProposedHeading:
    """A heading. `level` is 1 for the highest."""

    line: int
    level: int
    text: str


@dataclass(frozen=True)
class ImportedDocument:
    """Every line of `text` is a heading, stands in a passage, or is not quotable."""

    title: str
    text: str
    passages: tuple[ProposedPassage, ...]
    headings: tuple[ProposedHeading, ...]
    furniture: tuple[NotQuotable, ...]
    people: tuple[str, ...]
    sha256: str
    form: Form


DOCUMENT = TypeAdapter(ImportedDocument)
"""Turns a proposed document into JSON, and back."""

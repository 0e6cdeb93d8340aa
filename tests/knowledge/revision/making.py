"""Passages and documents in a few words."""

from __future__ import annotations

import hashlib

from knowledge.documents import Passage
from knowledge.importing import ImportedDocument, NotQuotable, ProposedHeading, ProposedPassage


def old(name: str, text: str, **facts: str | None) -> Passage:
    """`name`: of the passage in document 900, and its reference unless one is given."""
    return Passage(
        id=f"900.{name}",
        document_id="900",
        reference=facts.get("reference") or name,
        label=facts.get("label") or name,
        text=text,
        start=0,
        end=len(text),
        kind="paragraph",
        heading=facts.get("heading"),
        lead_in=facts.get("lead_in"),
    )


def new(number: str | None, text: str, line: int = 1, **facts: str | None) -> ProposedPassage:
    return ProposedPassage(
        number=number,
        label=" ".join(text.split()[:9]),
        text=text,
        lines=(line, line),
        heading=facts.get("heading"),
        lead_in=facts.get("lead_in"),
        kind="paragraph",
    )


def document(
    text: str,
    *passages: ProposedPassage,
    headings: tuple[ProposedHeading, ...] = (),
    furniture: tuple[NotQuotable, ...] = (),
) -> ImportedDocument:
    return ImportedDocument(
        title="A policy",
        text=text,
        passages=passages,
        headings=headings,
        furniture=furniture,
        people=(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        form="text",
    )

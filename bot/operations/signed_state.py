"""Who has signed each document and each notice, and whether that holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Literal

from bot.operations.due import TITLE
from knowledge.library import Library
from knowledge.revision.review import Review, read_reviews
from knowledge.revision.sign_off import sign_off
from knowledge.signatures import SignOff


@dataclass(frozen=True)
class SignedState:
    """`page`: where it is signed, below `/manage`, as `ContentDifference` has it. `title`: a
    document's, or the beginning of a notice."""

    sort: Literal["document", "notice"]
    page: str
    title: str
    sign_off: SignOff


def signed_states(library: Library, folder: Path) -> Iterator[SignedState]:
    """Of all in the content in `folder`. Raises ContentError."""
    kept = read_reviews(folder)
    for document in library.documents.values():
        signed = sign_off(kept.get(document.id, Review()), document)
        yield SignedState("document", f"documents/{document.id}", document.title, signed)
    for record in library.notices.records:
        title = shorten(record.text, TITLE, placeholder="…")
        yield SignedState("notice", f"notices/{record.id}", title, record.sign_off)

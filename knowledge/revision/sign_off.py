"""Who has signed the text of a document, and whether that still holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.documents import REVIEW, Document
from knowledge.errors import ContentError, Location
from knowledge.revision.review import Acceptance, Review, Signature

SignOffKind = Literal["signed", "missing", "needs_another", "reopened"]


@dataclass(frozen=True)
class SignOff:
    """Whether a document is signed as it stands, and by whom. `reopened`: its text has changed
    since. `needs_another`: a document marked `needs_two` was signed by one person only."""

    kind: SignOffKind
    signatures: tuple[Signature, ...]


def with_signature(review: Review, document: Document, decision: Acceptance) -> Review:
    """Signs the text as it stands. Raises ContentError where that person has done so already."""
    if any(_is_by(each, decision.by) for each in _of_this_text(review, document)):
        problem = f"{decision.by} has signed this text already"
        if document.needs_two:
            problem += "; it needs a second person"
        raise ContentError.at(Location(f"{document.id}/{REVIEW}"), problem)
    signature = Signature(**decision.model_dump(), text_sha256=document.sha256)
    return review.model_copy(update={"signatures": (*review.signatures, signature)})


def sign_off(review: Review, document: Document) -> SignOff:
    """Whether the document is signed as it stands."""
    signed = _of_this_text(review, document)
    people = {each.by.casefold() for each in signed}
    if len(people) >= (2 if document.needs_two else 1):
        return SignOff("signed", signed)
    if signed:
        return SignOff("needs_another", signed)
    return SignOff("reopened" if review.signatures else "missing", review.signatures)


def _of_this_text(review: Review, document: Document) -> tuple[Signature, ...]:
    return tuple(each for each in review.signatures if each.text_sha256 == document.sha256)


def _is_by(signature: Signature, who: str) -> bool:
    return signature.by.casefold() == who.casefold()

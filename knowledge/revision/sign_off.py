"""Who has signed the text of a document, and whether that still holds."""

from __future__ import annotations

from knowledge.documents import REVIEW, Document
from knowledge.errors import Location
from knowledge.revision.review import Acceptance, Review
from knowledge.signatures import Signature, SignOff, sign_off_of, with_new


def with_signature(review: Review, document: Document, decision: Acceptance) -> Review:
    """Signs the text as it stands. Raises ContentError where that person has done so already."""
    new = Signature(**decision.model_dump(), text_sha256=document.sha256)
    place = Location(f"{document.id}/{REVIEW}")
    signed = with_new(review.signatures, new, place, needs_two=document.needs_two)
    return review.model_copy(update={"signatures": signed})


def sign_off(review: Review, document: Document) -> SignOff:
    """Whether the document is signed as it stands."""
    return sign_off_of(review.signatures, document.sha256, needs_two=document.needs_two)

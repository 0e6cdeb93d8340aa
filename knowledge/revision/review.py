"""What people have looked at since a document changed, and who has signed it.

Kept beside the document (`documents/<id>/review.yaml`), so that it belongs to the edition. What
was accepted was accepted for the words of then: where the passage or what cites it has other words
now, it is open again.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from knowledge.documents import DOCUMENTS, REVIEW, Sha256, document_folders
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.signatures import Signature
from knowledge.yaml_source import YamlSource

HEAD = "# What each key means: docs/new-edition.md. Written by `principles content`.\n"


class Acceptance(Strict):
    """Who, in which role, and when."""

    by: NonEmptyText
    role: NonEmptyText
    on: date


class Assignment(Strict):
    """`to`: who is to look at a place."""

    to: NonEmptyText
    by: NonEmptyText
    on: date


class PlaceReview(Strict):
    """A place that cites a passage whose words, heading or lead-in have changed, or that once cited
    others (`once_cited`), of which its words may still speak.

    The sums are those of the words of both when the place was opened, or accepted.
    """

    place: NonEmptyText
    cited: NonEmptyText
    passage_sha256: Sha256
    citing_sha256: Sha256
    once_cited: tuple[NonEmptyText, ...] = ()
    accepted: Acceptance | None = None
    assigned: Assignment | None = None


class Review(Strict):
    """What `review.yaml` holds."""

    places: tuple[PlaceReview, ...] = ()
    signatures: tuple[Signature, ...] = ()


def review_file(content: Path, document_id: str) -> Path:
    return content / DOCUMENTS / document_id / REVIEW


def read_review(content: Path, document_id: str) -> Review:
    """An empty one where nobody has looked at anything. Raises ContentError with every slip."""
    file = review_file(content, document_id)
    return validated(YamlSource.read(file), Review) if file.exists() else Review()


def read_reviews(content: Path) -> dict[str, Review]:
    """Of every document, by its id. Raises ContentError."""
    return {each.name: read_review(content, each.name) for each in document_folders(content)}


def write_review(content: Path, document_id: str, review: Review) -> None:
    keys = review.model_dump(mode="json", exclude_defaults=True)
    written = yaml.safe_dump(keys, sort_keys=False, allow_unicode=True, width=100)
    review_file(content, document_id).write_text(HEAD + written, "utf-8")

"""Dated warnings beside quotations: who owns each, when it was checked, when it is due again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from knowledge.documents import Document
from knowledge.errors import ContentError, Violation
from knowledge.quotes import Notice, NoticeKind
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.yaml_source import YamlSource

UNSIGNED = "Nobody has signed this notice off yet."
OVERDUE = "This notice was due for review on {day}."


REPLACED = "A newer document takes the place of this one: {title} ({version}). Look there first."
NOT_REVIEWED = "The partnership has not reviewed this document. It was due for review on {day}."


def not_reviewed(document: Document, today: date) -> tuple[Notice, ...]:
    """What stands beside every quotation of a document whose day for review has passed."""
    if document.review_on is None or document.review_on >= today:
        return ()
    text = NOT_REVIEWED.format(day=f"{document.review_on:%-d %B %Y}")
    return (Notice(id=f"review-{document.id}", kind="superseded", text=text, checked_on=today),)


def replaced(by: Collection[Document], today: date) -> tuple[Notice, ...]:
    """What stands beside every quotation of a document that those in `by` supersede."""
    return tuple(
        Notice(
            id=f"replaced-by-{document.id}",
            kind="superseded",
            text=REPLACED.format(title=document.title, version=document.version),
            checked_on=document.imported_on or today,
        )
        for document in by
    )


class NoticeRecord(Strict):
    """A notice as its owner keeps it."""

    id: NonEmptyText
    passages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kind: NoticeKind
    text: NonEmptyText
    certainty: Literal["A", "B", "C"]
    owner: NonEmptyText
    checked_on: date
    review_by: date
    signed_off_by: str | None = None

    def overdue(self, today: date) -> bool:
        return self.review_by < today

    def shown(self, today: date) -> Notice:
        """As a reader sees it: unsigned or overdue, it says so itself."""
        said = [self.text]
        if self.signed_off_by is None:
            said.append(UNSIGNED)
        if self.overdue(today):
            said.append(OVERDUE.format(day=f"{self.review_by:%-d %B %Y}"))
        return Notice(
            id=self.id,
            kind=self.kind,
            text=" ".join(said),
            checked_on=self.checked_on,
            signed_off_by=self.signed_off_by,
        )


class NoticesFile(Strict):
    notices: tuple[NoticeRecord, ...]


@dataclass(frozen=True)
class Notices:
    records: tuple[NoticeRecord, ...]

    @classmethod
    def read(
        cls, file: Path, passages: Mapping[str, object], documents: Collection[str]
    ) -> Notices:
        """Raises ContentError with each notice that is broken or beside what does not exist."""
        source = YamlSource.read(file)
        records = validated(source, NoticesFile).notices
        found: list[Violation] = []
        taken: set[str] = set()
        for number, record in enumerate(records):
            place = source.place_of(("notices", number, "id"))
            if record.id in taken:
                found.append(Violation(place, f"the id '{record.id}' is used twice"))
            taken.add(record.id)
            missing = [p for p in record.passages if p not in passages]
            missing += [d for d in record.documents if d not in documents]
            if missing:
                problem = f"{record.id}: there is no {', '.join(missing)}"
                found.append(Violation(place, problem))
        if found:
            raise ContentError(*found)
        return cls(records)

    def beside(self, passage_id: str, document_id: str) -> tuple[Notice, ...]:
        today = date.today()
        return tuple(
            record.shown(today)
            for record in self.records
            if passage_id in record.passages or document_id in record.documents
        )

    def overdue(self, today: date | None = None) -> list[NoticeRecord]:
        return [record for record in self.records if record.overdue(today or date.today())]

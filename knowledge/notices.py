"""Dated warnings beside quotations: who owns each, when it was checked, when it is due again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import KnowledgeError
from knowledge.files import entry_of, read_yaml
from knowledge.quotes import Notice, NoticeKind

UNSIGNED = "Nobody has signed this notice off yet."
MISTAKES = {"missing": "is missing", "extra_forbidden": "is no key of a notice; check its spelling"}
OVERDUE = "This notice was due for review on {day}."


class NoticeRecord(BaseModel):
    """A notice as its owner keeps it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    passages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kind: NoticeKind
    text: str
    certainty: Literal["A", "B", "C"]
    owner: str
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


@dataclass(frozen=True)
class Notices:
    records: tuple[NoticeRecord, ...]

    @classmethod
    def read(
        cls, file: Path, passages: Mapping[str, object], documents: Collection[str]
    ) -> Notices:
        """Raises KnowledgeError where a notice is broken or stands beside nothing that exists."""
        records: list[NoticeRecord] = []
        with entry_of(file):
            entries = read_yaml(file)["notices"]
        for number, entry in enumerate(entries, start=1):
            with entry_of(file, f"notice {number}"):
                record = _record(file, entry)
            if record.id in {other.id for other in records}:
                raise KnowledgeError(file, "this id is used twice", id=record.id)
            missing = [p for p in record.passages if p not in passages]
            missing += [d for d in record.documents if d not in documents]
            if missing:
                raise KnowledgeError(file, f"there is no {', '.join(missing)}", id=record.id)
            records.append(record)
        return cls(tuple(records))

    def beside(self, passage_id: str, document_id: str) -> tuple[Notice, ...]:
        today = date.today()
        return tuple(
            record.shown(today)
            for record in self.records
            if passage_id in record.passages or document_id in record.documents
        )

    def overdue(self, today: date | None = None) -> list[NoticeRecord]:
        return [record for record in self.records if record.overdue(today or date.today())]


def _record(file: Path, entry: Mapping[str, object]) -> NoticeRecord:
    try:
        return NoticeRecord.model_validate(entry)
    except ValidationError as broken:
        first = broken.errors()[0]
        name = ".".join(map(str, first["loc"]))
        said = MISTAKES.get(first["type"], f"cannot be used ({first['msg']})")
        problem = f"{name} {said}"
        raise KnowledgeError(file, problem, id=str(entry.get("id"))) from broken

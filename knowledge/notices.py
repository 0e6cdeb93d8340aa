"""Dated warnings beside quotations: who owns each, when it was checked, when it is due again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from knowledge.areas import area_name
from knowledge.documents import Document, sha256_of
from knowledge.errors import ContentError, Violation
from knowledge.quotes import Notice, NoticeKind
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.signatures import Signature, SignOff, sign_off_of
from knowledge.yaml_source import YamlSource

FILE = "notices.yaml"
UNSIGNED = "Nobody has signed this notice off yet."
NOT_AS_IT_STANDS = "This notice is not signed off as it stands."
OVERDUE = "This notice was due for review on {day}."
CAUTIOUS = ("may have changed", "check")
"""What the words of a notice hold that nobody has verified."""
Certainty = Literal["A", "B", "C"]


def notice_name(notice_id: str) -> str:
    """The words that a person gave a notice to know it by."""
    words = notice_id.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


REPLACED = "A newer document takes the place of this one: {title} ({version}). Look there first."
LOCAL = "This is {area}'s text. Another area's procedures may differ; check your own."
NOT_REVIEWED = "The partnership has not reviewed this document. It was due for review on {day}."


def not_reviewed(document: Document, today: date) -> tuple[Notice, ...]:
    """What stands beside every quotation of a document whose day for review has passed."""
    if document.review_on is None or document.review_on >= today:
        return ()
    text = NOT_REVIEWED.format(day=f"{document.review_on:%-d %B %Y}")
    return (_by_itself(f"review-{document.id}", "superseded", text, today),)


def replaced(by: Collection[Document], today: date) -> tuple[Notice, ...]:
    """What stands beside every quotation of a document that those in `by` supersede."""
    return tuple(
        _by_itself(
            f"replaced-by-{document.id}",
            "superseded",
            REPLACED.format(title=document.title, version=document.version),
            document.imported_on or today,
        )
        for document in by
    )


def local(document: Document, today: date) -> tuple[Notice, ...]:
    """What stands beside every quotation of one area's document, where nobody has worded it."""
    if document.local_to is None:
        return ()
    text = LOCAL.format(area=area_name(document.local_to))
    return (_by_itself(f"local-{document.id}", "local", text, document.imported_on or today),)


def _by_itself(name: str, kind: NoticeKind, text: str, since: date) -> Notice:
    return Notice(id=name, kind=kind, text=text, checked_on=since, by_itself=True)


class NoticeRecord(Strict):
    """A notice as its owner keeps it.

    `signatures` are those that people give at `/manage`: they hold while what they signed stands.
    `signed_off_by` is a name that somebody has written into the file, and holds until it is taken
    out; where two people have to sign (`needs_two`), it does not count.
    """

    id: NonEmptyText
    passages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kind: NoticeKind
    text: NonEmptyText
    certainty: Certainty
    owner: NonEmptyText
    checked_on: date
    review_by: date
    signed_off_by: str | None = None
    needs_two: bool = False
    signatures: tuple[Signature, ...] = ()

    @property
    def sha256(self) -> str:
        """Of what people sign: the words, what they stand beside, and how sure they are."""
        signed = (
            *(self.text, self.kind, self.certainty),
            *(sorted(self.passages), sorted(self.documents)),
        )
        return sha256_of(json.dumps(signed))

    @property
    def sign_off(self) -> SignOff:
        """Whether it is signed as it stands; without signatures where the file names somebody."""
        if self.signed_off_by and not self.needs_two:
            return SignOff("signed", ())
        return sign_off_of(self.signatures, self.sha256, needs_two=self.needs_two)

    @property
    def signed_by(self) -> str | None:
        """Who has signed it as it stands, as readers are told; None until it is signed."""
        state = self.sign_off
        if state.kind != "signed":
            return None
        names = " and ".join(f"{each.by}, {each.role}" for each in state.signatures)
        return names or self.signed_off_by

    def overdue(self, today: date) -> bool:
        return self.review_by < today

    def shown(self, today: date) -> Notice:
        """As a reader sees it: unsigned or overdue, it says so itself."""
        said, signed, unsigned = [self.text], self.signed_by, None
        if signed is None:
            unsigned = UNSIGNED if self.sign_off.kind == "missing" else NOT_AS_IT_STANDS
        if self.overdue(today):
            said.append(OVERDUE.format(day=f"{self.review_by:%-d %B %Y}"))
        body = " ".join(said)
        return Notice(
            id=self.id,
            kind=self.kind,
            text=f"{body} {unsigned}" if unsigned else body,
            checked_on=self.checked_on,
            signed_off_by=signed,
            body=body,
            unsigned=unsigned,
        )


class NoticesFile(Strict):
    notices: tuple[NoticeRecord, ...]


def read_records(folder: Path) -> tuple[NoticeRecord, ...]:
    """The notices of a content folder, also where one stands beside what is not there. Raises
    ContentError."""
    return validated(YamlSource.read(folder / FILE), NoticesFile).notices


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

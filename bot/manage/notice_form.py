"""The form of a notice: what it holds, and the notice that it is read as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from bot.manage.seen import sum_of
from bot.manage.typed_fields import NOTHING, Slips, TypedFields, one_line
from bot.operations.suggested_passages import Suggested, suggested
from knowledge.documents import StoredDocument, read_documents
from knowledge.notices import CAUTIOUS, NoticeRecord

KINDS: dict[str, str] = {
    "superseded": "Out of date: the law or the guidance has moved on",
    "damaged": "Damaged: the text is not whole",
    "local": "Local: it is one area's",
    "differs": "Documents say different things",
}
CERTAINTIES: dict[str, str] = {
    "A": "A: somebody has read it in the primary source, such as the Act",
    "B": "B: somebody has read it on a secondary page",
    "C": "C: nobody has verified it",
}
ID = re.compile(r"[a-z0-9]+")
TAKEN = {"new"}
"""An address of ours, and so no name of a notice."""
NO_NAME = "Write a name of letters and digits, such as: missed visits one day."
TWICE = "There is a notice of this name already. Choose another."
CHOOSE = "Choose one of these."
NOT_CAUTIOUS = (
    "Nobody has verified this, so word it as not certain: write “may have changed” and “check”."
)
BESIDE_NOTHING = "It stands beside nothing. Choose a passage or a whole document."
NOT_THERE = "There is no {names} in the draft. Write ids as the passages' pages show them."


class NoticeForm(BaseModel):
    """As it is typed. `seen`: a sum of the notice when the form was shown, empty for a new one.

    `passages` and `documents` are ids that were ticked; `more` are ids that were typed. `do` looks
    for passages by the words in `find`, or keeps the notice; `looked` are the words that were
    looked for already. `name` is a new notice's.
    """

    do: Literal["keep", "look"] = "keep"
    seen: str = ""
    name: str = ""
    text: str = ""
    kind: str = ""
    certainty: str = ""
    owner: str = ""
    checked_on: str = ""
    review_by: str = ""
    passages: list[str] = []
    documents: list[str] = []
    more: str = ""
    find: str = ""
    looked: str = ""

    def said(self) -> dict[str, str]:
        beside = sorted({*self.passages, *ids_in(self.more)})
        return {
            "text": one_line(self.text) or NOTHING,
            "kind": KINDS.get(self.kind, NOTHING),
            "certainty": CERTAINTIES.get(self.certainty, NOTHING),
            "owner": one_line(self.owner) or NOTHING,
            "checked_on": self.checked_on or NOTHING,
            "review_by": self.review_by or NOTHING,
            "passages": ", ".join(beside) or NOTHING,
            "documents": ", ".join(sorted(self.documents)) or NOTHING,
        }

    @property
    def wants_to_look(self) -> bool:
        """Also where Enter was pressed below words that nobody has looked for yet."""
        words = self.find.strip()
        return self.do == "look" or bool(words and words != self.looked.strip())

    @classmethod
    def of(cls, record: NoticeRecord) -> NoticeForm:
        shown = cls(
            name=record.id,
            text=record.text,
            kind=record.kind,
            certainty=record.certainty,
            owner=record.owner,
            checked_on=record.checked_on.isoformat(),
            review_by=record.review_by.isoformat(),
            passages=list(record.passages),
            documents=list(record.documents),
        )
        return shown.model_copy(update={"seen": sum_of(shown)})


@dataclass(frozen=True)
class PassageChoice:
    """A passage that may be ticked. `there` is None for one that is not in the draft any more."""

    id: str
    there: Suggested | None
    is_ticked: bool


class Shelf:
    """The documents of a draft, as a form offers them."""

    def __init__(self, folder: Path) -> None:
        """Raises ContentError."""
        self._folder = folder
        self.stored: list[StoredDocument] = list(read_documents(folder))

    @cached_property
    def passages(self) -> Mapping[str, Suggested]:
        return {
            passage.id: Suggested(passage, each.document.title)
            for each in self.stored
            for passage in each.passages
        }

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {each.document.id: each.document.title for each in self.stored}

    def choices(self, form: NoticeForm, record: NoticeRecord | None) -> list[PassageChoice]:
        """What is ticked, what it stands beside now, and then what was looked for."""
        mine = dict.fromkeys((*form.passages, *(record.passages if record else ())))
        found = suggested(self._folder, form.find, mine.keys()) if form.find.strip() else ()
        ids = (*mine, *(each.passage.id for each in found))
        return [PassageChoice(each, self.passages.get(each), each in form.passages) for each in ids]


def read_notice(
    form: NoticeForm, record: NoticeRecord | None, shelf: Shelf, taken: frozenset[str], today: date
) -> tuple[NoticeRecord | None, Slips]:
    """The notice that the form means; None where a slip has to be mended first. `record`: as it is
    now, None for a new one; `taken`: the ids of the others."""
    typed = TypedFields()
    text = typed.needed("text", form.text)
    kind = _chosen(typed, "kind", form.kind, KINDS)
    certainty = _chosen(typed, "certainty", form.certainty, CERTAINTIES)
    if text and certainty == "C" and not all(words in text.casefold() for words in CAUTIOUS):
        typed.slips["text"] = NOT_CAUTIOUS
    owner = typed.needed("owner", form.owner)
    checked_on = typed.needed_day("checked_on", form.checked_on)
    typed.not_to_come("checked_on", checked_on, today)
    review_by = typed.needed_day("review_by", form.review_by)
    passages, documents = _beside(typed, form, shelf)
    name = record.id if record else _named(typed, form.name, taken)
    if typed.slips:
        return None, typed.slips
    values = {
        "id": name,
        "passages": passages,
        "documents": documents,
        "kind": kind,
        "text": text,
        "certainty": certainty,
        "owner": owner,
        "checked_on": checked_on,
        "review_by": review_by,
    }
    before = record.model_dump() if record else {}
    return NoticeRecord.model_validate({**before, **values}), {}


def _chosen(typed: TypedFields, name: str, value: str, known: Mapping[str, str]) -> str:
    if value not in known:
        typed.slips[name] = CHOOSE
    return value


def _beside(
    typed: TypedFields, form: NoticeForm, shelf: Shelf
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The passages and the documents that it stands beside."""
    written = ids_in(form.more)
    if unknown := [each for each in written if each not in shelf.passages]:
        typed.slips["more"] = NOT_THERE.format(names=", ".join(unknown))
    gone = [each for each in form.passages if each not in shelf.passages]
    gone += [each for each in form.documents if each not in shelf.titles]
    if gone:
        typed.slips["passages"] = NOT_THERE.format(names=", ".join(gone))
    passages = tuple(dict.fromkeys((*form.passages, *written)))
    documents = tuple(dict.fromkeys(form.documents))
    if not (passages or documents):
        typed.slips["passages"] = BESIDE_NOTHING
    return passages, documents


def ids_in(typed: str) -> list[str]:
    return typed.replace(",", " ").split()


def _named(typed: TypedFields, name: str, taken: frozenset[str]) -> str:
    made = "-".join(ID.findall(name.casefold()))
    if not made:
        typed.slips["name"] = NO_NAME
    elif made in taken | TAKEN:
        typed.slips["name"] = TWICE
    return made

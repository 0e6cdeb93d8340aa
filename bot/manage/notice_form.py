"""The form of a notice: what it holds, and the notice that it is read as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from pydantic import Field

from bot.manage.passage_picker import LookingForm, Shelf
from bot.manage.seen import sum_of
from bot.manage.typed_days import said_day, shown_day
from bot.manage.typed_fields import NOTHING, Slips, TypedFields, one_line
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
NOT_THERE = "Something that is ticked is not in the draft any more. Untick it."


class NoticeForm(LookingForm):
    """As it is typed. `seen`: a sum of the notice when the form was shown, empty for a new one.

    `passages` and `documents` are ids that were ticked. `name` is a new notice's.
    """

    seen: str = ""
    name: str = ""
    text: str = ""
    kind: str = ""
    certainty: str = ""
    owner: str = ""
    checked_on: str = ""
    review_by: str = ""
    passages: list[str] = Field(default_factory=list)
    documents: list[str] = Field(default_factory=list)

    def said(self) -> dict[str, str]:
        """Passages and documents by their ids."""
        return {
            "text": one_line(self.text) or NOTHING,
            "kind": KINDS.get(self.kind, NOTHING),
            "certainty": CERTAINTIES.get(self.certainty, NOTHING),
            "owner": one_line(self.owner) or NOTHING,
            "checked_on": said_day(self.checked_on) or NOTHING,
            "review_by": said_day(self.review_by) or NOTHING,
            "passages": ", ".join(sorted(self.passages)) or NOTHING,
            "documents": ", ".join(sorted(self.documents)) or NOTHING,
        }

    @classmethod
    def of(cls, record: NoticeRecord) -> NoticeForm:
        shown = cls(
            name=record.id,
            text=record.text,
            kind=record.kind,
            certainty=record.certainty,
            owner=record.owner,
            checked_on=shown_day(record.checked_on),
            review_by=shown_day(record.review_by),
            passages=list(record.passages),
            documents=list(record.documents),
        )
        return shown.model_copy(update={"seen": sum_of(shown)})


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
    gone = any(each not in shelf.passages for each in form.passages)
    if gone or any(each not in shelf.titles for each in form.documents):
        typed.slips["passages"] = NOT_THERE
    passages = tuple(dict.fromkeys(form.passages))
    documents = tuple(dict.fromkeys(form.documents))
    if not (passages or documents):
        typed.slips["passages"] = BESIDE_NOTHING
    return passages, documents


def _named(typed: TypedFields, name: str, taken: frozenset[str]) -> str:
    made = "-".join(ID.findall(name.casefold()))
    if not made:
        typed.slips["name"] = NO_NAME
    elif made in taken | TAKEN:
        typed.slips["name"] = TWICE
    return made

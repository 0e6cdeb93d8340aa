"""The form of a contact: what it holds, and the contact that it is read as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel

from bot.content.contacts import EMERGENCY, Contacts, Entry
from bot.manage.seen import sum_of
from bot.manage.typed_days import said_day, shown_day
from bot.manage.typed_fields import NOTHING, TICKED, Slips, TypedFields, lines, one_line
from bot.operations.contact_edits import Section

SECTIONS: dict[Section, str] = {
    "local": "Of the partnership, such as a team of the council",
    "fixed": "The same across England, such as a helpline",
}
ROLE = re.compile(r"[a-z0-9]+")
TAKEN = {"hours", "new"}
"""Addresses of ours, and so no contacts."""
EXAMPLE = "(example"
"""So do the contacts say that are shipped to show what one looks like."""
CHOOSE = "Choose one of these."
NO_NAME = "Write a name of letters or digits."
TWICE = "There is a contact of this name already."
MEANS_ANOTHER = "“{name}” means {label} already. Leave it out here, or take it out there first."
LACKS_EMERGENCY = f"In danger this is said first, and it must name {EMERGENCY}."
STILL_EXAMPLE = "It still says that it is an example. Write the real contact, or tick that below."


class ContactForm(BaseModel):
    """As it is typed. `seen`: a sum of the contact when the form was shown, empty for a new one.
    `section` is a new one's. `asked_as`: one name a line."""

    seen: str = ""
    section: str = ""
    label: str = ""
    detail: str = ""
    asked_as: str = ""
    example: bool = False
    checked_on: str = ""
    owner: str = ""
    review_by: str = ""

    @classmethod
    def of(cls, entry: Entry) -> ContactForm:
        shown = cls(
            label=entry.label,
            detail=entry.detail,
            asked_as="\n".join(entry.asked_as),
            example=entry.example,
            checked_on=shown_day(entry.checked_on),
            owner=entry.owner or "",
            review_by=shown_day(entry.review_by),
        )
        return shown.model_copy(update={"seen": sum_of(shown)})

    def said(self) -> dict[str, str]:
        return {
            "label": one_line(self.label) or NOTHING,
            "detail": one_line(self.detail) or NOTHING,
            "asked_as": ", ".join(lines(self.asked_as)) or NOTHING,
            "example": TICKED[self.example],
            "checked_on": said_day(self.checked_on) or NOTHING,
            "owner": one_line(self.owner) or NOTHING,
            "review_by": said_day(self.review_by) or NOTHING,
        }


def section_of(contacts: Contacts, role: str) -> Section | None:
    if role in contacts.local:
        return "local"
    return "fixed" if role in contacts.fixed else None


def entries_of(contacts: Contacts) -> Mapping[str, Entry]:
    return {**contacts.local, **contacts.fixed}


def read_contact(
    form: ContactForm, role: str, contacts: Contacts, today: date
) -> tuple[Entry | None, Slips]:
    """The contact that the form means; None where a slip has to be mended first. `role`: which one
    it is; empty for a new one."""
    typed = TypedFields()
    label, detail = typed.needed("label", form.label), typed.needed("detail", form.detail)
    if role == "emergency" and detail and EMERGENCY not in detail:
        typed.slips["detail"] = LACKS_EMERGENCY
    if EXAMPLE in detail and not form.example:
        typed.slips["detail"] = STILL_EXAMPLE
    named = {
        wording.casefold(): other.label
        for key, other in entries_of(contacts).items()
        if key != role
        for wording in (other.label, *other.asked_as)
    }
    if label.casefold() in named:
        typed.slips["label"] = TWICE
    asked_as = lines(form.asked_as)
    for name in asked_as:
        if other := named.get(name.casefold()):
            typed.slips["asked_as"] = MEANS_ANOTHER.format(name=name, label=other)
    checked_on = typed.day("checked_on", form.checked_on)
    typed.not_to_come("checked_on", checked_on, today)
    entry = {
        "label": label,
        "detail": detail,
        "checked_on": checked_on,
        "example": form.example,
        "asked_as": tuple(asked_as),
        "owner": one_line(form.owner) or None,
        "review_by": typed.day("review_by", form.review_by),
    }
    return (None if typed.slips else Entry.model_validate(entry)), typed.slips


def read_new(
    form: ContactForm, contacts: Contacts, today: date
) -> tuple[tuple[Literal["local", "fixed"], str, Entry] | None, Slips]:
    """The section, the role and the contact."""
    entry, found = read_contact(form, "", contacts, today)
    slips = dict(found)
    section = next((each for each in SECTIONS if each == form.section), None)
    if section is None:
        slips["section"] = CHOOSE
    role = "_".join(ROLE.findall(form.label.casefold()))
    if form.label.strip() and not role:
        slips["label"] = NO_NAME
    elif role in {*entries_of(contacts), *TAKEN}:
        slips["label"] = TWICE
    if slips or entry is None or section is None:
        return None, slips
    return (section, role, entry), {}

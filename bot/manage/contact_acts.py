"""What an editor does with contacts: each changes the draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from bot.content.contacts import Contacts, read_contacts
from bot.manage.access import EditorDep
from bot.manage.contact_form import (
    ContactForm,
    entries_of,
    read_contact,
    read_new,
    section_of,
)
from bot.manage.contact_pages import PATH, ContactPages, ContactPagesDep
from bot.manage.editing import EditingDep, went
from bot.manage.hours_form import HoursForm, read_hours
from bot.manage.seen import ChangedMeanwhile, must_be, typed_otherwise
from bot.operations.contact_edits import (
    add_contact,
    change_contact,
    change_hours,
    contacts_file,
    take_out_contact,
)
from bot.operations.contact_uses import uses_of
from knowledge.errors import ContentError, Location

router = APIRouter(prefix="/contacts")

MEANWHILE = (
    "Not kept: somebody changed this since you opened the page. The form shows what it says now,"
    " and beside each field what yours said. Put in again what still holds, and keep it."
)
GONE = (
    "Not kept: somebody took this contact out since you opened the page. What you typed is still"
    " below. Keep it if it is to be added anew."
)
LOOK_AGAIN = "Not done: somebody changed this contact since you opened the page. Look at it again."
HELD = "Not taken out, because something still names it. What does stands below."

FormDep = Annotated[ContactForm, Form()]


@router.post("/new")
def add(pages: ContactPagesDep, person: EditorDep, editing: EditingDep, form: FormDep) -> Response:
    found, slips = read_new(form, pages.contacts(), date.today())
    if found is None:
        return pages.new(form, slips=slips, status=422)
    section, role, entry = found

    def apply(folder: Path) -> None:
        must_be("", _seen(pages, folder, role), entry.label, LOOK_AGAIN)
        add_contact(folder, section, role, entry)

    try:
        editing.change(person.name, f"Added the contact {entry.label}", apply)
    except ContentError as refused:
        return pages.new(form, problem=_told(refused), status=409)
    return went(f"{PATH}/{role}", "added")


@router.post("/hours")
def change_in_common(
    pages: ContactPagesDep,
    person: EditorDep,
    editing: EditingDep,
    form: Annotated[HoursForm, Form()],
) -> Response:
    found, slips = read_hours(form, pages.contacts())
    if found is None:
        return pages.hours(form, slips=slips, status=422)

    def apply(folder: Path) -> None:
        now = HoursForm.of(_contacts(pages, folder)).seen
        must_be(form.seen, now, "the office hours", LOOK_AGAIN)
        change_hours(folder, found.partnership, found.ring_first, found.hours)

    try:
        editing.change(person.name, "Changed whom to ring first and office hours", apply)
    except ChangedMeanwhile:
        typed = typed_otherwise(form, HoursForm.of(pages.contacts()))
        return pages.hours(problem=MEANWHILE, typed=typed, status=409)
    except ContentError as refused:
        return pages.hours(form, problem=_told(refused), status=409)
    return went(PATH, "facts")


@router.post("/{role}")
def change(
    pages: ContactPagesDep, person: EditorDep, editing: EditingDep, role: str, form: FormDep
) -> Response:
    contacts = pages.contacts()
    section = section_of(contacts, role)
    if section is None:
        return pages.new(form, problem=GONE, status=409)
    entry, slips = read_contact(form, role, contacts, date.today())
    if entry is None:
        return pages.of(role, form, slips=slips, status=422)

    def apply(folder: Path) -> None:
        must_be(form.seen, _seen(pages, folder, role), entry.label, LOOK_AGAIN)
        change_contact(folder, section, role, entry)

    try:
        editing.change(person.name, f"Changed the contact {entry.label}", apply)
    except ChangedMeanwhile:
        return _beside_what_is_there(pages, role, form)
    except ContentError as refused:
        return pages.of(role, form, problem=_told(refused), status=409)
    return went(f"{PATH}/{role}", "facts")


@router.post("/{role}/take-out")
def take_out(
    pages: ContactPagesDep,
    person: EditorDep,
    editing: EditingDep,
    role: str,
    seen: Annotated[str, Form()] = "",
) -> Response:
    contacts = pages.contacts()
    section = section_of(contacts, role)
    if section is None:
        return pages.of(role)
    label = entries_of(contacts)[role].label

    def apply(folder: Path) -> None:
        must_be(seen, _seen(pages, folder, role), label, LOOK_AGAIN)
        data = pages.container.settings.data_dir
        if uses_of(role, _contacts(pages, folder), folder, data).held_by:
            raise ContentError.at(Location(label), HELD)
        take_out_contact(folder, section, role)

    try:
        editing.change(person.name, f"Took out the contact {label}", apply)
    except ContentError as refused:
        told = " ".join(slip.text for slip in refused.violations)
        return pages.of(role, problem=told, status=409)
    return went(PATH, "taken_out")


def _beside_what_is_there(pages: ContactPages, role: str, form: ContactForm) -> Response:
    """What somebody else has made of the contact meanwhile, and beside it what was typed."""
    entry = entries_of(pages.contacts()).get(role)
    if entry is None:
        return pages.new(form, problem=GONE, status=409)
    typed = typed_otherwise(form, ContactForm.of(entry))
    return pages.of(role, problem=MEANWHILE, typed=typed, status=409)


def _contacts(pages: ContactPages, folder: Path) -> Contacts:
    """Of the copy of the draft that is changed."""
    return read_contacts(contacts_file(folder), pages.container.phrases.contacts)


def _seen(pages: ContactPages, folder: Path, role: str) -> str:
    """The sum of the contact in that copy; empty where it is not there."""
    entry = entries_of(_contacts(pages, folder)).get(role)
    return ContactForm.of(entry).seen if entry else ""


def _told(refused: ContentError) -> str:
    return "Not kept: " + "; ".join(slip.text for slip in refused.violations)

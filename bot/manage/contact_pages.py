"""`/manage/contacts`: whom practitioners are told to turn to, each on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.content.contacts import DAYS, Contacts, Entry, read_contacts
from bot.content.data_files import DataFiles
from bot.manage.access import EditorDep, ReaderDep, SignInDep
from bot.manage.contact_form import SECTIONS, ContactForm, entries_of, section_of
from bot.manage.editing import EditedContent, Editing, EditingDep
from bot.manage.hours_form import HoursForm
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.manage.typed_fields import Slips
from bot.operations.contact_uses import uses_of

router = APIRouter(prefix="/contacts")

PATH = "/manage/contacts"


@dataclass(frozen=True)
class ContactPages:
    """Draws the pages of contacts for one person, from the draft as it is when they are drawn.

    Every method raises ContentError where the content cannot be read.
    """

    request: Request
    container: Container
    person: Person
    editing: Editing

    def contacts(self) -> Contacts:
        return self._read(self.editing.now())

    def of(
        self,
        role: str,
        form: ContactForm | None = None,
        *,
        slips: Slips | None = None,
        problem: str = "",
        typed: Mapping[str, str] | None = None,
        status: int = 200,
        done: str = "",
    ) -> HTMLResponse:
        """`form`: as it was typed; without it as the contact stands. `typed`: by field what was
        typed where the contact stands otherwise."""
        content = self.editing.now()
        contacts, data = self._read(content), self.container.settings.data_dir
        entry = entries_of(contacts).get(role)
        if entry is None:
            return self._page("manage/contact_missing.html", content, status=404)
        return self._page(
            "manage/contact.html",
            content,
            status=status,
            role=role,
            entry=entry,
            section=section_of(contacts, role),
            uses=uses_of(role, contacts, content.folder, data),
            form=form or ContactForm.of(entry),
            slips=slips or {},
            problem=problem,
            typed=typed or {},
            done=done,
        )

    def new(
        self, form: ContactForm, *, slips: Slips | None = None, problem: str = "", status: int = 200
    ) -> HTMLResponse:
        return self._page(
            "manage/contact_new.html",
            self.editing.now(),
            status=status,
            form=form,
            slips=slips or {},
            problem=problem,
            typed={},
        )

    def hours(
        self,
        form: HoursForm | None = None,
        *,
        slips: Slips | None = None,
        problem: str = "",
        typed: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        content = self.editing.now()
        contacts = self._read(content)
        return self._page(
            "manage/contact_hours.html",
            content,
            status=status,
            labels=_labels(entries_of(contacts)),
            days=DAYS,
            form=form or HoursForm.of(contacts),
            slips=slips or {},
            problem=problem,
            typed=typed or {},
        )

    def all(self, done: str = "") -> HTMLResponse:
        content = self.editing.now()
        contacts, today = self._read(content), date.today()
        entries = entries_of(contacts)
        return self._page(
            "manage/contacts.html",
            content,
            contacts=contacts,
            labels=_labels(entries),
            late=_labels({r: each for r, each in entries.items() if each.is_overdue(today)}),
            done=done,
        )

    def _read(self, content: EditedContent) -> Contacts:
        file = DataFiles(self.container.settings.data_dir, content.folder).contacts
        return read_contacts(file, self.container.phrases.contacts)

    def _page(
        self, name: str, content: EditedContent, *, status: int = 200, **context: object
    ) -> HTMLResponse:
        return manage_page(
            self.request,
            self.container,
            name,
            self.person,
            status=status,
            draft=content.draft,
            sections=SECTIONS,
            today=date.today(),
            may_edit=self.person.role.includes(Role.EDITOR),
            **context,
        )


def _labels(entries: Mapping[str, Entry]) -> dict[str, str]:
    return {role: entry.label for role, entry in entries.items()}


def get_contact_pages(
    request: Request, container: ContainerDep, sign_in: SignInDep, editing: EditingDep
) -> ContactPages:
    """For whoever is signed in. The role that it takes, each route says."""
    return ContactPages(request, container, sign_in.person, editing)


ContactPagesDep = Annotated[ContactPages, Depends(get_contact_pages)]


@router.get("")
def contacts(pages: ContactPagesDep, _: ReaderDep, done: str = "") -> HTMLResponse:
    return pages.all(done)


@router.get("/new")
def new_contact(pages: ContactPagesDep, _: EditorDep) -> HTMLResponse:
    return pages.new(ContactForm(section="local"))


@router.get("/hours")
def hours(pages: ContactPagesDep, _: EditorDep) -> HTMLResponse:
    return pages.hours()


@router.get("/{role}")
def contact(pages: ContactPagesDep, _: ReaderDep, role: str, done: str = "") -> HTMLResponse:
    return pages.of(role, done=done)

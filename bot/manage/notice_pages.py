"""`/manage/notices`: the notices beside passages, each on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.manage.access import EditorDep, ReaderDep, SignInDep
from bot.manage.editing import EditedContent, Editing, EditingDep
from bot.manage.notice_form import CERTAINTIES, KINDS, NoticeForm
from bot.manage.passage_picker import Shelf
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.manage.signers import MAY_LIFT
from bot.manage.templating import manage_page
from bot.manage.typed_fields import Slips
from knowledge.notices import NoticeRecord, read_records

router = APIRouter(prefix="/notices")

PATH = "/manage/notices"


@dataclass(frozen=True)
class NoticePages:
    """Draws the pages of notices for one person, from the draft as it is when they are drawn.

    Every method raises ContentError where the content cannot be read.
    """

    request: Request
    container: Container
    person: Person
    editing: Editing

    def of(
        self,
        notice_id: str,
        form: NoticeForm | None = None,
        *,
        slips: Slips | None = None,
        problem: str = "",
        typed: Mapping[str, str] | None = None,
        role: str = "",
        status: int = 200,
        done: str = "",
    ) -> HTMLResponse:
        """`form`: as it was typed; without it as the notice stands. `typed`: by field what was
        typed where the notice stands otherwise. `role`: in which somebody wanted to sign."""
        content = self.editing.now()
        record = record_of(content, notice_id)
        if record is None:
            return self._page("manage/notice_missing.html", content, status=404)
        shelf = Shelf(content.folder)
        form = form or NoticeForm.of(record)
        return self._page(
            "manage/notice.html",
            content,
            status=status,
            record=record,
            shelf=shelf,
            form=form,
            choices=shelf.choices(form.find, form.passages, record.passages),
            slips=slips or {},
            problem=problem,
            typed=typed or {},
            role=role,
            may_sign=self.person.role.includes(Role.APPROVER),
            may_lift=MAY_LIFT,
            today=date.today(),
            done=done,
        )

    def new(
        self, form: NoticeForm, *, slips: Slips | None = None, problem: str = "", status: int = 200
    ) -> HTMLResponse:
        content = self.editing.now()
        shelf = Shelf(content.folder)
        return self._page(
            "manage/notice_new.html",
            content,
            status=status,
            shelf=shelf,
            form=form,
            choices=shelf.choices(form.find, form.passages),
            slips=slips or {},
            problem=problem,
            typed={},
        )

    def all(self, done: str = "") -> HTMLResponse:
        content = self.editing.now()
        records = sorted(read_records(content.folder), key=lambda each: (each.review_by, each.id))
        return self._page(
            "manage/notices.html",
            content,
            records=records,
            shelf=Shelf(content.folder),
            today=date.today(),
            done=done,
        )

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
            kinds=KINDS,
            certainties=CERTAINTIES,
            may_edit=self.person.role.includes(Role.EDITOR),
            **context,
        )


def record_of(content: EditedContent, notice_id: str) -> NoticeRecord | None:
    records = read_records(content.folder)
    return next((each for each in records if each.id == notice_id), None)


def get_notice_pages(
    request: Request, container: ContainerDep, sign_in: SignInDep, editing: EditingDep
) -> NoticePages:
    """For whoever is signed in. The role that it takes, each route says."""
    return NoticePages(request, container, sign_in.person, editing)


NoticePagesDep = Annotated[NoticePages, Depends(get_notice_pages)]


@router.get("")
def notices(pages: NoticePagesDep, _: ReaderDep, done: str = "") -> HTMLResponse:
    return pages.all(done)


@router.get("/new")
def new_notice(pages: NoticePagesDep, _: EditorDep, passage: str = "") -> HTMLResponse:
    """`passage`: the id of the one that it is to stand beside."""
    return pages.new(NoticeForm(passages=[passage] if passage else []))


@router.get("/{notice_id}")
def notice(pages: NoticePagesDep, _: ReaderDep, notice_id: str, done: str = "") -> HTMLResponse:
    return pages.of(notice_id, done=done)

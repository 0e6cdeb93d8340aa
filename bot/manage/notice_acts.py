"""What people do with a notice: each changes the draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from bot.manage.access import ApproverDep, EditorDep
from bot.manage.editing import Editing, EditingDep, went
from bot.manage.notice_form import NoticeForm, read_notice
from bot.manage.notice_pages import PATH, NoticePages, NoticePagesDep, record_of
from bot.manage.passage_picker import Shelf
from bot.manage.seen import ChangedMeanwhile, must_be, typed_otherwise
from bot.manage.signers import SignersForm, signers_change
from bot.manage.typed_fields import one_line
from bot.manage.workbench import WorkbenchDep
from bot.operations.notice_edits import (
    add_notice,
    change_notice,
    mark_notice_needs_two,
    notice_of,
    sign_notice,
    take_out_notice,
)
from knowledge.errors import ContentError
from knowledge.notices import notice_name, read_records
from knowledge.revision.review import Acceptance

router = APIRouter(prefix="/notices")

MEANWHILE = (
    "Not kept: somebody changed this notice since you opened the page. The form shows what it says"
    " now, and beside each field what yours said. Put in again what still holds, and keep it."
)
GONE = (
    "Not kept: somebody took this notice out since you opened the page. What you typed is still"
    " below. Keep it if it is to be added anew."
)
LOOK_AGAIN = "Not done: somebody changed this notice since you opened the page. Look at it again."
NO_ROLE = "Write in which role you sign, such as policy officer."
SIGN_OFF = "sign-off"

FormDep = Annotated[NoticeForm, Form()]


@router.post("/new")
def add(pages: NoticePagesDep, person: EditorDep, editing: EditingDep, form: FormDep) -> Response:
    if form.wants_to_look:
        return pages.new(form)
    folder = editing.now().folder
    taken = frozenset(each.id for each in read_records(folder))
    record, slips = read_notice(form, None, Shelf(folder), taken, date.today())
    if record is None:
        return pages.new(form, slips=slips, status=422)

    def apply(folder: Path) -> None:
        add_notice(folder, record)

    try:
        editing.change(person.name, f"Added {_called(record.id)}", apply)
    except ContentError as refused:
        return pages.new(form, problem=_told(refused), status=409)
    return went(f"{PATH}/{record.id}", "added")


@router.post("/{notice_id}")
def change(
    pages: NoticePagesDep,
    person: EditorDep,
    editing: EditingDep,
    notice_id: str,
    form: FormDep,
) -> Response:
    content = editing.now()
    there = record_of(content, notice_id)
    if there is None:
        return _anew(pages, notice_id, form)
    if form.wants_to_look:
        return pages.of(notice_id, form)
    record, slips = read_notice(form, there, Shelf(content.folder), frozenset(), date.today())
    if record is None:
        return pages.of(notice_id, form, slips=slips, status=422)

    def apply(folder: Path) -> None:
        _must_be_seen(folder, notice_id, form.seen)
        change_notice(folder, record)

    try:
        editing.change(person.name, f"Changed {_called(notice_id)}", apply)
    except ChangedMeanwhile:
        return _beside_what_is_there(pages, editing, notice_id, form)
    except ContentError as refused:
        return pages.of(notice_id, form, problem=_told(refused), status=409)
    return went(f"{PATH}/{notice_id}", "facts")


@router.post("/{notice_id}/take-out")
def take_out(
    pages: NoticePagesDep,
    person: EditorDep,
    editing: EditingDep,
    notice_id: str,
    seen: Annotated[str, Form()] = "",
) -> Response:
    def apply(folder: Path) -> None:
        _must_be_seen(folder, notice_id, seen)
        take_out_notice(folder, notice_id)

    try:
        editing.change(person.name, f"Took out {_called(notice_id)}", apply)
    except ChangedMeanwhile:
        return pages.of(notice_id, problem=LOOK_AGAIN, status=409)
    return went(PATH, "taken_out")


@router.post("/{notice_id}/sign")
def sign(
    pages: NoticePagesDep,
    person: ApproverDep,
    editing: EditingDep,
    workbench: WorkbenchDep,
    notice_id: str,
    text: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
) -> Response:
    """`text`: the sum of what the person saw."""
    as_role = one_line(role)
    if not as_role:
        return pages.of(notice_id, slips={"role": NO_ROLE}, status=422)

    def apply(folder: Path) -> None:
        decision = Acceptance(by=person.name, role=as_role, on=date.today())
        sign_notice(folder, notice_id, text, decision)

    try:
        editing.change(person.name, f"Signed {_called(notice_id)}, as {as_role}", apply)
    except ContentError as refused:
        return pages.of(notice_id, problem=_told(refused), role=as_role, status=409)
    workbench.audit.note(
        person.name, "notice_signed", f"{notice_name(notice_id)}, as {as_role}: {text}"
    )
    return went(f"{PATH}/{notice_id}", "signed", SIGN_OFF)


@router.post("/{notice_id}/needs-two")
def needs_two(
    person: EditorDep,
    editing: EditingDep,
    workbench: WorkbenchDep,
    notice_id: str,
    given: Annotated[SignersForm, Form()],
) -> Response:
    change = signers_change(person, _called(notice_id), given)

    def apply(folder: Path) -> None:
        mark_notice_needs_two(folder, notice_id, needs_two=change.two)

    editing.change(person.name, change.what, apply)
    change.note(workbench, person)
    return went(f"{PATH}/{notice_id}", change.done, SIGN_OFF)


def _called(notice_id: str) -> str:
    return f"the notice “{notice_name(notice_id)}”"


def _must_be_seen(folder: Path, notice_id: str, seen: str) -> None:
    now = NoticeForm.of(notice_of(folder, notice_id)).seen
    must_be(seen, now, _called(notice_id), LOOK_AGAIN)


def _beside_what_is_there(
    pages: NoticePages, editing: Editing, notice_id: str, form: NoticeForm
) -> Response:
    """What somebody else has made of the notice meanwhile, and beside it what was typed."""
    record = record_of(editing.now(), notice_id)
    if record is None:
        return _anew(pages, notice_id, form)
    typed = typed_otherwise(form, NoticeForm.of(record))
    shelf = Shelf(editing.now().folder)
    for field, chosen in (("passages", form.passages), ("documents", form.documents)):
        if field in typed and chosen:
            typed[field] = "; ".join(map(shelf.called, chosen))
    return pages.of(notice_id, problem=MEANWHILE, typed=typed, status=409)


def _anew(pages: NoticePages, notice_id: str, form: NoticeForm) -> Response:
    form.name = notice_id
    return pages.new(form, problem=GONE, status=409)


def _told(refused: ContentError) -> str:
    return "Not kept: " + "; ".join(slip.text for slip in refused.violations)

"""`/manage/changes`: what waits to be published, and publishing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.manage.access import ApproverDep, EditorDep, ReaderDep
from bot.manage.answer_checks import AnswerChecksDep, hindrance
from bot.manage.documents import PATH as DOCUMENTS
from bot.manage.draft_reading import DraftReading
from bot.manage.editing import Editing, EditingDep, went
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.manage.workbench import WorkbenchDep
from bot.operations.content_check import checked_content
from bot.operations.draft_documents import DraftDocument
from bot.operations.previews import hand_over
from bot.operations.published_draft import WORSE_TOLD, publish_draft
from bot.operations.replay.checks import AnswerChecks
from bot.operations.signing import lacking_signatures
from knowledge.editions.weaving import Side
from knowledge.errors import Violation

router = APIRouter()

PATH = "/manage/changes"
GOES_OVER_WITHIN = timedelta(minutes=2)
"""After this it is said where to look. A server looks every 3 s; opening a large edition takes
longer."""

CHANGED_MEANWHILE = (
    "Not published: the draft was changed or published meanwhile. Look at it again, then go on."
)

WITHOUT_WHY = "Say why these changes are published, for whoever reads the history later."

Seen = Annotated[str, Form()]
"""The id of the draft as the person saw it."""


@router.get("/changes")
def changes(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    checks: AnswerChecksDep,
    check: bool = False,
    done: str = "",
) -> HTMLResponse:
    return _page(request, container, person, editing, checks, check=check, done=done)


def _page(
    request: Request,
    container: Container,
    person: Person,
    editing: Editing,
    checks: AnswerChecks,
    *,
    check: bool = False,
    problem: str = "",
    status: int = 200,
    done: str = "",
    why: str = "",
    meant: Sequence[str] = (),
) -> HTMLResponse:
    """`check`: read the draft through and, where that finds nothing, ask it the questions."""
    content = editing.now()
    read = DraftReading.of(editing, container, content)
    data = container.settings.data_dir
    answers = checks.find(container, content.draft) if content.draft else None
    # Where something were wrong, the answers would not have been checked.
    slips: tuple[Violation, ...] | None = () if answers else None
    if content.draft and (check or read.broken):
        found = checked_content(content.folder, data).slips
        slips = (*found, *(each for each in read.broken if each not in found))
        if not slips:
            answers = checks.begin(container, content.draft, content.folder)
    return manage_page(
        request,
        container,
        "manage/changes.html",
        person,
        status=status,
        draft=content.draft,
        read=read,
        slips=slips,
        mended_at=_mended_at(slips or (), read.documents),
        answers=answers,
        most_meant=WORSE_TOLD,
        why=why,
        meant=meant,
        problem=problem,
        may_edit=person.role.includes(Role.EDITOR),
        may_publish=person.role.includes(Role.APPROVER),
        done=done,
    )


def _mended_at(
    slips: tuple[Violation, ...], documents: list[DraftDocument]
) -> dict[Violation, str]:
    """The address of the form that mends a slip, where there is one."""
    found: dict[Violation, str] = {}
    for slip in slips:
        for each in documents:
            if place := each.place_of(slip):
                query = urlencode({"key": place.key})
                found[slip] = f"{DOCUMENTS}/{each.compared.id}/place?{query}"
                break
    return found


@router.post("/changes/undo")
def undo(person: EditorDep, editing: EditingDep, workbench: WorkbenchDep, seen: Seen) -> Response:
    draft = editing.drafts.open()
    editing.drafts.undo(seen)
    what = draft.changes[-1].what if draft else ""
    workbench.audit.note(person.name, "change_undone", what)
    return went(PATH, "undone")


@router.get("/changes/discard")
def confirm_discard(
    request: Request, container: ContainerDep, person: EditorDep, editing: EditingDep
) -> HTMLResponse:
    draft = editing.drafts.open()
    return manage_page(request, container, "manage/discard.html", person, draft=draft)


@router.post("/changes/discard")
def discard(
    person: EditorDep, editing: EditingDep, workbench: WorkbenchDep, seen: Seen
) -> Response:
    draft = editing.drafts.open()
    editing.drafts.discard(seen)
    count = len(draft.changes) if draft else 0
    workbench.audit.note(person.name, "draft_discarded", f"{count} changes")
    return went(PATH, "discarded")


@router.post("/changes/catch-up")
async def catch_up(request: Request, person: EditorDep, editing: EditingDep) -> Response:
    """`side:NAME` in the form says which side counts of what both changed."""
    form = await request.form()
    chosen: dict[str, Side] = {}
    for key, value in form.items():
        if key.startswith("side:") and value in ("mine", "theirs"):
            chosen[key.removeprefix("side:")] = "theirs" if value == "theirs" else "mine"
    await run_in_threadpool(editing.drafts.catch_up, person.name, chosen)
    return went(PATH, "caught_up")


@router.post("/changes/publish")
def publish(
    request: Request,
    container: ContainerDep,
    person: ApproverDep,
    editing: EditingDep,
    workbench: WorkbenchDep,
    checks: AnswerChecksDep,
    seen: Seen,
    why: Annotated[str, Form()] = "",
    meant: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """`meant`: the ids of the answers that are worse with the draft, and are to be."""
    ticked = meant or []

    def refused(problem: str, status: int = 409, *, check: bool = False) -> HTMLResponse:
        return _page(
            request,
            container,
            person,
            editing,
            checks,
            check=check,
            problem=problem,
            status=status,
            why=why,
            meant=ticked,
        )

    draft = editing.drafts.open()
    if draft is None or draft.id != seen:
        return refused(CHANGED_MEANWHILE)
    if not why.strip():
        return refused(WITHOUT_WHY, 422)
    folder: Path = editing.drafts.folder(draft)
    if checked_content(folder, container.settings.data_dir).slips:
        return refused("Not published. Mend what is listed under “Check” first.", check=True)
    if lacking := lacking_signatures(editing.editions, draft, folder).called:
        names = " and ".join(lacking)
        return refused(f"Not published. Two different people have to sign {names} first.")
    answers = checks.begin(container, draft, folder)
    if problem := hindrance(answers, ticked):
        return refused(problem)
    worse = answers.comparison.regressions if answers.comparison else ()
    hand_over(container.settings.state_dir, folder)
    edition = publish_draft(editing.editions, editing.drafts, draft, person.name, why, worse)
    workbench.audit.note(person.name, "edition_published", f"{edition.id}: {edition.summary}")
    return went(f"{PATH}/published/{edition.id}")


@router.get("/changes/published/{edition_id}")
def published(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    edition_id: str,
) -> HTMLResponse:
    """Asks again by itself until this server answers from the edition."""
    edition = next((e for e in editing.editions.history() if e.id == edition_id), None)
    is_live = container.edition.id == edition_id
    now = datetime.now(UTC)
    return manage_page(
        request,
        container,
        "manage/published.html",
        person,
        status=200 if edition else 404,
        edition=edition,
        is_live=is_live,
        since=_first_seen(request, edition_id, now) if is_live else None,
        newer=bool(edition) and editing.editions.live().id != edition_id,
        is_late=bool(edition) and now - edition.published_at > GOES_OVER_WITHIN
        if edition
        else False,
    )


def _first_seen(request: Request, edition_id: str, now: datetime) -> datetime:
    """When this page first saw that the server answers from it."""
    seen: dict[str, datetime] = request.app.state.seen_live
    return seen.setdefault(edition_id, now)

"""`/manage/changes`: what waits to be published, and publishing it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.asked.coming_back import lacking
from bot.container import Container
from bot.manage.access import ApproverDep, EditorDep, ReaderDep
from bot.manage.answer_checks import AnswerChecksDep, hindrance
from bot.manage.answer_groups import CALLED, grouped
from bot.manage.changes_page import changes_page
from bot.manage.editing import Editing, EditingDep, went
from bot.manage.templating import manage_page
from bot.manage.workbench import WorkbenchDep
from bot.operations.content_check import checked_content
from bot.operations.previews import hand_over
from bot.operations.published_draft import publish_draft
from bot.operations.replay import Otherwise
from bot.operations.replay.checks import AnswerCheck, AnswerChecks
from bot.operations.signing import lacking_signatures
from knowledge.editions.weaving import Side

router = APIRouter()

PATH = "/manage/changes"
CHECKING = f"{PATH}/check"
GOES_OVER_WITHIN = timedelta(minutes=2)
"""After this it is said where to look. A server looks every 3 s; opening a large edition takes
longer."""

CHANGED_MEANWHILE = (
    "Not published: the draft was changed or published meanwhile. Look at it again, then go on."
)

ANSWERS_A_PAGE = 25

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
) -> Response:
    """`check`: read the draft through and, where that finds nothing, ask it the questions."""
    if check and _begun(container, editing, checks):
        return went(CHECKING)
    return changes_page(request, container, person, editing, checks, check=check, done=done)


def _begun(container: Container, editing: Editing, checks: AnswerChecks) -> bool:
    """Whether a check of the draft is under way now: nothing was wrong with what it holds."""
    content = editing.now()
    if content.draft is None or checked_content(content.folder, container.settings.data_dir).slips:
        return False
    return not checks.begin(container, content.draft, content.folder).is_over


def _running(container: Container, editing: Editing, checks: AnswerChecks) -> AnswerCheck | None:
    """The check of the draft that is under way, if one is."""
    found = _answers(container, editing, checks)
    return None if found is None or found.is_over else found


def _answers(container: Container, editing: Editing, checks: AnswerChecks) -> AnswerCheck | None:
    draft = editing.drafts.open()
    return checks.find(container, draft) if draft else None


@router.get("/changes/check")
def checking(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    checks: AnswerChecksDep,
) -> Response:
    """How far the check is. Once it is over, this leads to what it found."""
    answers = _running(container, editing, checks)
    if answers is None:
        return went(PATH, fragment="check")
    return manage_page(request, container, "manage/checking.html", person, answers=answers)


@router.post("/changes/undo")
def undo(
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    workbench: WorkbenchDep,
    seen: Seen,
) -> Response:
    draft = editing.drafts.open()
    editing.drafts.undo(seen)
    _wait_again(container, editing)
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
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    workbench: WorkbenchDep,
    seen: Seen,
) -> Response:
    draft = editing.drafts.open()
    editing.drafts.discard(seen)
    _wait_again(container, editing)
    count = len(draft.changes) if draft else 0
    workbench.audit.note(person.name, "draft_discarded", f"{count} changes")
    return went(PATH, "discarded")


def _wait_again(container: Container, editing: Editing) -> None:
    """The questions that were dealt with by what is taken back."""
    store = container.use.asked
    store.unsettle(lacking(store, editing.editions.live(), editing.now().folder))


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
        return changes_page(
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


@router.post("/changes/tick")
def tick(
    request: Request,
    container: ContainerDep,
    person: ApproverDep,
    editing: EditingDep,
    checks: AnswerChecksDep,
    group: Annotated[str, Form()],
    why: Annotated[str, Form()] = "",
    meant: Annotated[list[str] | None, Form()] = None,
) -> HTMLResponse:
    """Says of every answer in a group that it is meant, or of none where all were said to be; what
    else was typed and ticked stays. Nothing is published."""
    answers = _answers(container, editing, checks)
    worse = answers.comparison.regressions if answers and answers.comparison else ()
    ids = next((each.ids for each in grouped(worse) if each.kind == group), frozenset[str]())
    ticked = set(meant or ())
    ticked = ticked - ids if ids <= ticked else ticked | ids
    return changes_page(request, container, person, editing, checks, why=why, meant=sorted(ticked))


@router.get("/changes/answers")
def changed_answers(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    checks: AnswerChecksDep,
    kind: Otherwise | None = None,
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """Every answer that the draft changes, a kind at a time. Before they are checked, this leads to
    where that is begun."""
    answers = _answers(container, editing, checks)
    if answers is None or answers.comparison is None:
        return went(PATH, fragment="check")
    groups = grouped(answers.comparison.changed)
    shown = next((each for each in groups if each.kind == kind), groups[0] if groups else None)
    pages = max(1, -(-len(shown.answers) // ANSWERS_A_PAGE)) if shown else 1
    number = min(page, pages)
    first = (number - 1) * ANSWERS_A_PAGE
    return manage_page(
        request,
        container,
        "manage/changed_answers.html",
        person,
        groups=groups,
        shown=shown,
        answers=shown.answers[first : first + ANSWERS_A_PAGE] if shown else (),
        called=CALLED,
        page=number,
        pages=pages,
    )


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

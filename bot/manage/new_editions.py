"""`/manage/documents/ID/new-edition`: a new edition is sent, and laid beside the old one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.errors import UserFacingError
from bot.manage.access import EditorDep, ReaderDep
from bot.manage.documents import PATH, missing
from bot.manage.editing import EditedContent, Editing, EditingDep, went
from bot.manage.import_jobs import KeepDocument
from bot.manage.imports import ImportJobsDep, begun
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.operations.compared_document import ComparedDocument, compared_document
from bot.operations.new_edition import goes_on_with, not_the_same, put_original, revise_in
from bot.operations.sides import Sides
from knowledge.importing import ImportedDocument
from knowledge.importing.forms import BY_ENDING
from knowledge.importing.limits import MAX_BYTES, MEGABYTE
from knowledge.revision import NewFacts, PassageChange

router = APIRouter()

CHANGES_A_PAGE = 25
Shown = Literal["changed", "moved", "all"]
"""What has other words, is gone or is new; that and what stands elsewhere; or everything."""
HIDDEN = {"changed": {"same", "moved"}, "moved": {"same"}, "all": set[str]()}


@router.get("/documents/{document_id}/new-edition")
def new_edition(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    document_id: str,
    show: Shown = "changed",
    page: Annotated[int, Query(ge=1)] = 1,
    done: str = "",
) -> HTMLResponse:
    return _page(request, container, person, editing, document_id, show=show, page=page, done=done)


def _page(
    request: Request,
    container: Container,
    person: Person,
    editing: Editing,
    document_id: str,
    *,
    show: Shown = "changed",
    page: int = 1,
    done: str = "",
    problem: str = "",
    given: NewFacts | None = None,
) -> HTMLResponse:
    content = editing.now()
    compared = compared_document(editing.editions, content.draft, content.folder, document_id)
    if compared is None or compared.after is None:
        return missing(request, container, person)
    shown = [each for each in compared.changes if each.kind not in HIDDEN[show]]
    pages = max(1, -(-len(shown) // CHANGES_A_PAGE))
    number = min(page, pages)
    return manage_page(
        request,
        container,
        "manage/new_edition.html",
        person,
        status=422 if problem else 200,
        id=document_id,
        draft=content.draft,
        document=compared.after.document,
        compared=compared,
        is_waiting=compared.is_changed and _is_in(editing, content, compared),
        rows=[Sides.of(each) for each in _of_page(shown, number)],
        shown=len(shown),
        show=show,
        page=number,
        pages=pages,
        may_edit=person.role.includes(Role.EDITOR),
        problem=problem,
        given=given or NewFacts(),
        endings=",".join(BY_ENDING),
        megabytes=MAX_BYTES // MEGABYTE,
        done=done,
    )


def _is_in(editing: Editing, content: EditedContent, compared: ComparedDocument) -> bool:
    """Whether the draft makes the change, so that a match can be mended."""
    draft = content.draft
    return draft is not None and compared.earlier == editing.editions.folder(draft.made_from.id)


def _of_page(shown: Sequence[PassageChange], number: int) -> Sequence[PassageChange]:
    return shown[(number - 1) * CHANGES_A_PAGE : number * CHANGES_A_PAGE]


@router.post("/documents/{document_id}/new-edition")
def send(
    request: Request,
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    jobs: ImportJobsDep,
    document_id: str,
    file: Annotated[UploadFile | None, File()] = None,
    title: Annotated[str, Form()] = "",
    version: Annotated[str, Form()] = "",
) -> Response:
    given = NewFacts(title=title.strip() or None, version=version.strip() or None)
    if file is None or not file.filename:
        problem = "Choose a file first."
    elif given.version is None:
        problem = "Write the version: its date or number, as it is to be cited."
    else:
        keep = _into_draft(editing, person.name, document_id, given, container)
        try:
            return begun(jobs, file, keep, revises=document_id)
        except UserFacingError as busy:
            problem = str(busy)
    return _page(request, container, person, editing, document_id, problem=problem, given=given)


def _into_draft(
    editing: Editing, who: str, document_id: str, given: NewFacts, container: Container
) -> KeepDocument:
    def keep(file: Path, imported: ImportedDocument) -> str:
        content = editing.now()
        made_from = content.draft.made_from.id if content.draft else editing.editions.live().id

        def apply(folder: Path) -> None:
            put_original(editing.editions, made_from, folder, document_id)
            revise_in(
                folder,
                container.settings.data_dir,
                document_id,
                file,
                imported,
                given,
                date.today(),
            )

        editing.change(who, f"New edition of document {document_id}: {given.version}", apply)
        return document_id

    return keep


@router.post("/documents/{document_id}/new-edition/match")
def match(
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    passage: Annotated[str, Form()],
    old: Annotated[str, Form()] = "",
    show: Annotated[Shown, Form()] = "changed",
    page: Annotated[int, Form()] = 1,
) -> Response:
    """With `old`, the new passage goes on with that one; without, it is another than it was."""
    content, data = editing.now(), container.settings.data_dir
    compared = compared_document(editing.editions, content.draft, content.folder, document_id)
    before = compared.earlier if compared else content.folder

    def apply(folder: Path) -> None:
        if old:
            goes_on_with(folder, data, before, document_id, passage, old)
        else:
            not_the_same(folder, data, before, document_id, passage)

    what = f"{passage} goes on with {old}" if old else f"{passage} is another passage than before"
    editing.change(person.name, f"Matched anew: {what}", apply)
    done = "joined" if old else "parted"
    return went(f"{PATH}/{document_id}/new-edition", done, "compared", show=show, page=page)

"""`/manage/documents/import`: a file is sent, read beside all else, and put into the draft."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.errors import UserFacingError
from bot.manage.access import EditorDep
from bot.manage.documents import PATH
from bot.manage.editing import Editing, EditingDep, went
from bot.manage.import_jobs import ImportJobs, KeepDocument
from bot.manage.people import Person
from bot.manage.templating import manage_page
from knowledge.documents import DOCUMENTS
from knowledge.importing import ImportedDocument
from knowledge.importing.forms import BY_ENDING
from knowledge.importing.limits import MAX_BYTES, MEGABYTE
from knowledge.intake import GivenFacts, take_in

router = APIRouter()

NAME_CHARACTERS = 80


def get_import_jobs(request: Request) -> ImportJobs:
    jobs: ImportJobs = request.app.state.import_jobs
    return jobs


ImportJobsDep = Annotated[ImportJobs, Depends(get_import_jobs)]


@router.get("/documents/import")
def form(request: Request, container: ContainerDep, person: EditorDep) -> HTMLResponse:
    return _form(request, container, person)


def _form(
    request: Request,
    container: ContainerDep,
    person: Person,
    problem: str | None = None,
    given: GivenFacts | None = None,
) -> HTMLResponse:
    documents = container.knowledge.library.documents.values()
    return manage_page(
        request,
        container,
        "manage/import.html",
        person,
        status=422 if problem else 200,
        problem=problem,
        given=given or GivenFacts("", "", "", ""),
        endings=",".join(BY_ENDING),
        megabytes=MAX_BYTES // MEGABYTE,
        areas=sorted({each.area for each in documents if each.area}),
    )


@router.post("/documents/import")
def send(
    request: Request,
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    jobs: ImportJobsDep,
    file: Annotated[UploadFile | None, File()] = None,
    title: Annotated[str, Form()] = "",
    publisher: Annotated[str, Form()] = "",
    area: Annotated[str, Form()] = "",
    holds_everywhere: Annotated[bool, Form()] = False,
    version: Annotated[str, Form()] = "",
) -> Response:
    given = GivenFacts(
        title.strip() or None,
        publisher,
        area.strip() or None,
        version,
        holds_everywhere=holds_everywhere,
    )
    if file is None or not file.filename:
        return _form(request, container, person, "Choose a file first.", given)
    try:
        return begun(jobs, file, _into_draft(editing, person.name, given))
    except UserFacingError as busy:
        return _form(request, container, person, str(busy), given)


def begun(jobs: ImportJobs, file: UploadFile, keep: KeepDocument, revises: str = "") -> Response:
    """To the page that shows how far it is. Raises UserFacingError where too many wait."""
    kept = _keep(file)
    try:
        job = jobs.begin(kept, keep, revises)
    except UserFacingError:
        shutil.rmtree(kept.parent, ignore_errors=True)
        raise
    return went(f"{PATH}/import/{job.id}")


def _keep(file: UploadFile) -> Path:
    """The file in a folder of its own. What was sent lies on the disk already, and is copied in
    pieces."""
    kept = Path(mkdtemp(prefix="principles-import-")) / safe_name(file.filename or "")
    with kept.open("wb") as to:
        shutil.copyfileobj(file.file, to)
    return kept


def safe_name(name: str) -> str:
    """A name for a file of ours, with the ending of theirs."""
    path = Path(name.replace("\\", "/"))
    signs = (each if each.isalnum() or each in " -_" else " " for each in path.stem)
    stem = " ".join("".join(signs).split())[:NAME_CHARACTERS].strip()
    ending = path.suffix.lower() if path.suffix.isascii() else ""
    return f"{stem or 'document'}{ending[:12]}"


def _into_draft(editing: Editing, who: str, given: GivenFacts) -> KeepDocument:
    def keep(file: Path, imported: ImportedDocument) -> str:
        made: list[str] = []

        def apply(folder: Path) -> None:
            taken = editing.editions.names_ever(DOCUMENTS)
            made.append(take_in(folder, file, imported, given, date.today(), taken))

        title = given.title or imported.title
        editing.change(who, f"Took in {title}", apply)
        return made[-1]

    return keep


@router.get("/documents/import/{job_id}")
def progress(
    request: Request, container: ContainerDep, person: EditorDep, jobs: ImportJobsDep, job_id: str
) -> HTMLResponse:
    """The page asks again by itself until the document is read."""
    job = jobs.find(job_id)
    status = 200 if job else 404
    return manage_page(request, container, "manage/importing.html", person, status=status, job=job)

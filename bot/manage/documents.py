"""`/manage/documents`: what is known of each document, and taking one out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.manage.access import EditorDep, ReaderDep
from bot.manage.editing import EditedContent, EditingDep, has_document, went
from bot.manage.templating import manage_page
from bot.operations.content_check import checked_content
from knowledge.documents import read_documents
from knowledge.editions.contents import copy_content
from knowledge.errors import ContentError, Location, Violation
from knowledge.intake import area_of
from knowledge.recutting import Cut
from knowledge.retiring import take_out

router = APIRouter()

PATH = "/manage/documents"


class FactsForm(BaseModel):
    title: str = ""
    publisher: str = ""
    area: str = ""
    version: str = ""
    owner: str = ""
    review_on: str = ""


@router.get("/documents")
def documents(
    request: Request, container: ContainerDep, person: ReaderDep, editing: EditingDep, done: str = ""
) -> HTMLResponse:
    content = editing.now()
    return manage_page(
        request,
        container,
        "manage/documents.html",
        person,
        draft=content.draft,
        stored=read_documents(content.folder),
        done=done,
    )


@router.get("/documents/{document_id}")
def document(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    document_id: str,
    done: str = "",
) -> HTMLResponse:
    content = editing.now()
    if not has_document(content, document_id):
        return missing(request, container, person)
    return manage_page(
        request,
        container,
        "manage/document.html",
        person,
        draft=content.draft,
        id=document_id,
        cut=Cut.read(content.folder, document_id),
        done=done,
    )


def missing(request: Request, container: ContainerDep, person: ReaderDep) -> HTMLResponse:
    return manage_page(request, container, "manage/document_missing.html", person, status=404)


@router.post("/documents/{document_id}/facts")
def facts(
    person: EditorDep, editing: EditingDep, document_id: str, given: Annotated[FactsForm, Form()]
) -> Response:
    def apply(folder: Path) -> None:
        change_facts(folder, document_id, given)

    editing.change(person.name, f"Changed what is known of document {document_id}", apply)
    return went(f"{PATH}/{document_id}", "facts")


def change_facts(folder: Path, document_id: str, given: FactsForm) -> None:
    """Raises ContentError for what is left out and needed, or is no date."""
    cut = Cut.read(folder, document_id)
    title = _needed(given.title, "the title")
    changed = {
        "title": title,
        "title_supplied": cut.entry.title_supplied or title != cut.entry.title,
        "publisher": _needed(given.publisher, "the publisher"),
        "area": area_of(given.area) if given.area.strip() else None,
        "version": _needed(given.version, "the version"),
        "owner": " ".join(given.owner.split()) or None,
        "review_on": _day(given.review_on),
    }
    Cut(cut.folder, cut.entry.model_copy(update=changed), cut.text, cut.passages).write()


def _needed(text: str, what: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ContentError.at(Location(what), "this is empty. Write it, or leave it as it was")
    return words


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        problem = f"'{text}' is no date. Write it like 2027-11-29"
        raise ContentError.at(Location("the review date"), problem) from None


@router.get("/documents/{document_id}/retire")
def retire(
    request: Request,
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
) -> HTMLResponse:
    """Asks once more, and shows what still cites the document."""
    content = editing.now()
    if not has_document(content, document_id):
        return missing(request, container, person)
    return manage_page(
        request,
        container,
        "manage/retire.html",
        person,
        id=document_id,
        title=Cut.read(content.folder, document_id).entry.title,
        cited=still_citing(content, document_id, container.settings.data_dir),
    )


def still_citing(content: EditedContent, document_id: str, data: Path) -> list[Violation]:
    """What would be wrong without the document, and is not wrong with it."""
    with TemporaryDirectory(prefix="principles-") as made:
        without = Path(made)
        copy_content(content.folder, without)
        take_out(without, document_id)
        found = checked_content(without, data).slips
    known = {(each.place.file, each.text) for each in _slips(content.folder, data)}
    return [each for each in found if (each.place.file, each.text) not in known]


def _slips(folder: Path, data: Path) -> Iterable[Violation]:
    return checked_content(folder, data).slips


@router.post("/documents/{document_id}/retire")
def retired(person: EditorDep, editing: EditingDep, document_id: str) -> Response:
    title = Cut.read(editing.now().folder, document_id).entry.title

    def apply(folder: Path) -> None:
        take_out(folder, document_id)

    editing.change(person.name, f"Took out document {document_id}, {title}", apply)
    return went(PATH, "retired")

"""`/manage/documents`: what is known of each document."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.manage.access import EditorDep, ReaderDep
from bot.manage.editing import EditingDep, has_document, went
from bot.manage.roles import Role
from bot.manage.seen import must_be, sum_of
from bot.manage.signers import MAY_LIFT
from bot.manage.templating import manage_page
from bot.manage.typed_days import read_day
from bot.manage.typed_fields import NO_DAY
from bot.operations.new_edition import renamed
from bot.operations.signing import signed_as
from knowledge.documents import read_document_of, read_documents
from knowledge.errors import ContentError, Location
from knowledge.intake import area_of
from knowledge.recutting import Cut
from knowledge.revision import CitingPlace

router = APIRouter()

PATH = "/manage/documents"


MEANWHILE = (
    "somebody changed what is known of this document since you opened the page. Go back to it, look"
    " at it again, and make your change to what is there now"
)


class FactsForm(BaseModel):
    """`seen`: a sum of what was known of the document when the form was shown."""

    seen: str
    title: str = ""
    publisher: str = ""
    area: str = ""
    holds_everywhere: bool = False
    version: str = ""
    owner: str = ""
    review_on: str = ""


@router.get("/documents")
def documents(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    done: str = "",
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
    cut = Cut.read(content.folder, document_id)
    return manage_page(
        request,
        container,
        "manage/document.html",
        person,
        draft=content.draft,
        id=document_id,
        cut=cut,
        seen=sum_of(cut.entry),
        sign_off=signed_as(content.folder, document_id),
        may_sign=person.role.includes(Role.APPROVER),
        may_lift=MAY_LIFT,
        done=done,
    )


def missing(request: Request, container: ContainerDep, person: ReaderDep) -> HTMLResponse:
    return manage_page(request, container, "manage/document_missing.html", person, status=404)


@router.post("/documents/{document_id}/facts")
def facts(
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    given: Annotated[FactsForm, Form()],
) -> Response:
    """Goes on to what names the document as it was called before, where something does."""
    to_decide: list[CitingPlace] = []

    def apply(folder: Path) -> None:
        before = read_document_of(folder, document_id)
        change_facts(folder, document_id, given)
        to_decide.extend(renamed(folder, container.settings.data_dir, before))

    title = Cut.read(editing.now().folder, document_id).entry.title
    editing.change(person.name, f"Changed what is known of {title}", apply)
    if to_decide:
        return went(f"{PATH}/{document_id}/impact", "renamed")
    return went(f"{PATH}/{document_id}", "facts")


def change_facts(folder: Path, document_id: str, given: FactsForm) -> None:
    """Raises ContentError for what is left out and needed, or is no date, and where what is known
    of the document is no longer what the form showed."""
    cut = Cut.read(folder, document_id)
    must_be(given.seen, sum_of(cut.entry), cut.entry.title, MEANWHILE)
    title = _needed(given.title, "the title")
    changed = {
        "title": title,
        "title_supplied": cut.entry.title_supplied or title != cut.entry.title,
        "publisher": _needed(given.publisher, "the publisher"),
        "area": area_of(given.area) if given.area.strip() else None,
        "holds_everywhere": given.holds_everywhere,
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
        return read_day(text) if text.strip() else None
    except ValueError:
        problem = NO_DAY.format(typed=text.strip())
        raise ContentError.at(Location("the review date"), problem) from None

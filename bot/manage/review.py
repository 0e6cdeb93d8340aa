"""`/manage/documents/ID/review`: the text beside its passages, and cutting it anew."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.manage.access import EditorDep, ReaderDep
from bot.manage.documents import PATH, missing
from bot.manage.editing import Editing, EditingDep, has_document, went
from bot.manage.review_page import Review, review_of
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from knowledge import recutting
from knowledge.errors import ContentError, Location
from knowledge.recutting import Cut

router = APIRouter()

KINDS = ("paragraph", "item", "row", "principle", "definition", "intro", "attribution", "note")


class PassageForm(BaseModel):
    """`do` is the button that was pressed; the other fields are what stood in the form."""

    do: Literal["relabel", "merge", "split", "withhold"]
    label: str = ""
    heading: str = ""
    kind: str = ""
    at: int = 0
    why: str = ""


class LinesForm(BaseModel):
    first: int
    last: int


@router.get("/documents/{document_id}/review")
def review(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    document_id: str,
    page: Annotated[int, Query(ge=1)] = 1,
    done: str = "",
) -> HTMLResponse:
    content = editing.now()
    if not has_document(content, document_id):
        return missing(request, container, person)
    whole = review_of(Cut.read(content.folder, document_id))
    number = min(page, len(whole.pages))
    return manage_page(
        request,
        container,
        "manage/review.html",
        person,
        id=document_id,
        draft=content.draft,
        review=whole,
        rows=whole.pages[number - 1],
        page=number,
        kinds=_kinds(whole),
        may_edit=person.role.includes(Role.EDITOR),
        done=done,
    )


def _kinds(review: Review) -> list[str]:
    return list(dict.fromkeys((*KINDS, *(each.kind for each in review.cut.passages))))


@router.post("/documents/{document_id}/review/passages/{passage_id}")
def change_passage(
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    passage_id: str,
    given: Annotated[PassageForm, Form()],
) -> Response:
    what, apply = _chosen(given, document_id, passage_id)
    editing.change(person.name, what, apply)
    return _back(editing, document_id, passage_id, given.do)


def _chosen(given: PassageForm, document_id: str, passage_id: str):  # type: ignore[no-untyped-def]
    """The line that says it in the list of changes, and what is done."""
    named = {"document_id": document_id, "passage_id": passage_id}
    match given.do:
        case "relabel":
            words = {"label": given.label, "heading": given.heading, "kind": given.kind}
            return f"Renamed {passage_id}", partial(recutting.relabel, **named, **words)
        case "merge":
            return f"Merged {passage_id} with the next", partial(recutting.merge, **named)
        case "split":
            return f"Split {passage_id}", partial(recutting.split, **named, at=given.at)
        case "withhold":
            what = f"Marked {passage_id} as not quotable: {' '.join(given.why.split())}"
            return what, partial(recutting.withhold, **named, why=given.why)


def _back(editing: Editing, document_id: str, passage_id: str, done: str) -> Response:
    """To the passage, or to the page where it was."""
    whole = review_of(Cut.read(editing.now().folder, document_id))
    ids = [each.id for each in whole.cut.passages]
    near = passage_id if passage_id in ids else ids[0]
    return went(
        f"{PATH}/{document_id}/review", done, f"passage-{near}", page=whole.page_of(near)
    )


@router.post("/documents/{document_id}/review/lines")
def quote_lines(
    person: EditorDep, editing: EditingDep, document_id: str, given: Annotated[LinesForm, Form()]
) -> Response:
    """Makes passages of lines that are in none."""
    lines = (given.first, given.last)

    def apply(folder: Path) -> None:
        recutting.quote_again(folder, document_id, lines)

    what = f"Made lines {given.first} to {given.last} of document {document_id} quotable"
    editing.change(person.name, what, apply)
    cut = Cut.read(editing.now().folder, document_id)
    made = [each.id for each in cut.passages if given.first <= each.lines[0] <= given.last]
    if not made:
        raise ContentError.at(Location("the document"), "look at the page again")
    return _back(editing, document_id, made[0], "quotable")

"""`/manage/documents/ID/review`: the text beside its passages, and cutting it anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from bot.manage.review_page import SideBySide, review_of
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.manage.withhold_pages import REASONS
from knowledge.recutting import Cut, merge, quote_again, relabel, split, withhold

router = APIRouter()

KINDS: Mapping[str, str] = {
    "paragraph": "a paragraph",
    "item": "a point of a list",
    "row": "a row of a table",
    "principle": "a principle",
    "definition": "a definition",
    "intro": "an introduction",
    "attribution": "who says it",
    "note": "a note",
}


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
        sections={each.line for each in whole.sections},
        reasons=REASONS,
        may_edit=person.role.includes(Role.EDITOR),
        done=done,
    )


def _kinds(review: SideBySide) -> dict[str, str]:
    """Also those that only this document has, such as of an older edition."""
    own = {each.kind: each.kind.replace("_", " ") for each in review.cut.passages}
    return {**KINDS, **{kind: words for kind, words in own.items() if kind not in KINDS}}


@router.post("/documents/{document_id}/review/passages/{passage_id}")
def change_passage(
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    passage_id: str,
    given: Annotated[PassageForm, Form()],
) -> Response:
    before = Cut.read(editing.now().folder, document_id)
    passage = before.passages[before.place(passage_id)]
    what, step = _chosen(given, passage.reference)

    def apply(folder: Path) -> None:
        step(folder, document_id, passage_id)

    editing.change(person.name, f"{what}, in {before.entry.title}", apply)
    return _back(editing, document_id, passage.lines[0], given.do)


def _chosen(given: PassageForm, reference: str) -> tuple[str, Callable[[Path, str, str], None]]:
    """What the list of changes says, and what is done."""
    match given.do:
        case "relabel":
            return f"Renamed {reference}", partial(
                relabel, label=given.label, heading=given.heading, kind=given.kind
            )
        case "merge":
            return f"Merged {reference} with the next passage", merge
        case "split":
            return f"Split {reference}", partial(split, at=given.at)
        case "withhold":
            why = " ".join(given.why.split())
            return f"Marked {reference} as not quotable ({why})", partial(_withheld, why=why)


def _withheld(folder: Path, document_id: str, passage_id: str, *, why: str) -> None:
    withhold(folder, document_id, [passage_id], why)


def _back(editing: Editing, document_id: str, line: int, done: str) -> Response:
    """To where the line is now."""
    page, anchor = review_of(Cut.read(editing.now().folder, document_id)).place_of(line)
    return went(f"{PATH}/{document_id}/review", done, anchor, page=page)


@router.post("/documents/{document_id}/review/lines")
def quote_lines(
    person: EditorDep, editing: EditingDep, document_id: str, given: Annotated[LinesForm, Form()]
) -> Response:
    """Makes passages of lines that are in none."""
    lines = (given.first, given.last)

    def apply(folder: Path) -> None:
        quote_again(folder, document_id, lines)

    title = Cut.read(editing.now().folder, document_id).entry.title
    what = f"Made lines {given.first} to {given.last} quotable, in {title}"
    editing.change(person.name, what, apply)
    return _back(editing, document_id, given.first, "quotable")

"""`/manage/documents/ID/review/not-quotable`: marks many passages of a document at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.manage.access import EditorDep
from bot.manage.documents import PATH, missing
from bot.manage.editing import Editing, EditingDep, has_document, went
from bot.manage.people import Person
from bot.manage.review_page import ReviewSection, review_of
from bot.manage.templating import manage_page
from bot.manage.typed_fields import one_line
from knowledge.errors import ContentError
from knowledge.recutting import Cut, withhold

router = APIRouter()

REASONS = (
    "part of the cover or of the table about the document",
    "a header or a footer that every page has",
    "part of the list of contents",
    "a part of a chart, which says nothing alone",
    "navigation of a web page",
)
"""Offered, and not insisted on."""
NOTHING_TICKED = "Nothing is marked: tick the passages that are not to be quoted."
WITHOUT_WHY = "Nothing is marked: say why, for whoever looks at it later."


class ManyForm(BaseModel):
    """`passage`: the ids of those that are ticked. `line`: of the heading of the section that was
    chosen; 0 for what stands before the first heading, None for the whole document."""

    passage: list[str] = []
    why: str = ""
    line: int | None = None


@router.get("/documents/{document_id}/review/not-quotable")
def choose(
    request: Request,
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    line: Annotated[int | None, Query(ge=0)] = None,
) -> HTMLResponse:
    """With every passage of the section ticked; of the whole document none is."""
    if not has_document(editing.now(), document_id):
        return missing(request, container, person)
    return _page(request, container, person, editing, document_id, ManyForm(line=line))


def _page(
    request: Request,
    container: Container,
    person: Person,
    editing: Editing,
    document_id: str,
    given: ManyForm,
    problem: str = "",
) -> HTMLResponse:
    content = editing.now()
    cut = Cut.read(content.folder, document_id)
    section = _section(cut, given.line)
    passages = section.passages if section else cut.passages
    ticked = set(given.passage) if problem else {each.id for each in passages if section}
    return manage_page(
        request,
        container,
        "manage/not_quotable.html",
        person,
        status=422 if problem else 200,
        id=document_id,
        draft=content.draft,
        title=cut.entry.title,
        section=section,
        passages=passages,
        ticked=ticked,
        reasons=REASONS,
        why=given.why,
        line=given.line,
        problem=problem,
    )


def _section(cut: Cut, line: int | None) -> ReviewSection | None:
    found = () if line is None else review_of(cut).sections
    return next((each for each in found if each.line == line), None)


@router.post("/documents/{document_id}/review/not-quotable")
def mark(
    request: Request,
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    given: Annotated[ManyForm, Form()],
) -> Response:
    cut = Cut.read(editing.now().folder, document_id)
    why = one_line(given.why)
    chosen = [each for each in cut.passages if each.id in given.passage]
    if problem := ("" if chosen else NOTHING_TICKED) or ("" if why else WITHOUT_WHY):
        return _page(request, container, person, editing, document_id, given, problem)

    def apply(folder: Path) -> None:
        withhold(folder, document_id, [each.id for each in chosen], why)

    count = f"{len(chosen)} passage{'' if len(chosen) == 1 else 's'}"
    what = f"Marked {count} as not quotable ({why}), in {cut.entry.title}"
    try:
        editing.change(person.name, what, apply)
    except ContentError as refused:
        told = "; ".join(each.text for each in refused.violations)
        return _page(
            request, container, person, editing, document_id, given, f"Not marked: {told}."
        )
    now = review_of(Cut.read(editing.now().folder, document_id))
    page, anchor = now.place_of(chosen[0].lines[0])
    return went(f"{PATH}/{document_id}/review", "withheld_many", anchor, page=page)

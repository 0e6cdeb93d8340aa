"""`/manage/documents/ID/impact`: what a change of a document means for whatever cites it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.manage.access import EditorDep, ReaderDep
from bot.manage.documents import PATH, missing
from bot.manage.editing import EditingDep, went
from bot.manage.gap_section import GapsAskedDep, gap_section
from bot.manage.names import edited_names
from bot.manage.people import Person
from bot.manage.preview import PreviewsDep
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.manage.workbench import WorkbenchDep
from bot.operations.citations import PLACES_CALLED
from bot.operations.compared_document import ComparedDocument, compared_document
from bot.operations.gap_places import GAP_STATES
from bot.operations.own_words import named_in, old_names
from bot.operations.place_acts import accept, assign, to_look_at
from bot.operations.places import AffectedPlace, AffectedPlaces, affected_places
from bot.operations.rereading import to_reread
from bot.operations.sides import Sides
from knowledge.errors import ContentError, Location
from knowledge.revision.review import Acceptance, Assignment

T = TypeVar("T")
router = APIRouter()

PLACES_A_PAGE = 20
KINDS: Mapping[str, str] = {
    "broken": "Has lost its source",
    **{str(kind): called for kind, called in PLACES_CALLED.items()},
    "named": "Names the document as it was before, or stands beside all of it",
}
STATES = {
    "broken": "it has lost its source",
    "open": "nobody has looked at it",
    "edited": "it was changed since; say that it fits",
    "reopened": "it was accepted for other words",
    "accepted": "accepted",
    "settled": "no longer cites it",
    "told": "the same words, elsewhere",
}
Shown = Literal["open", "all"]


class ActForm(BaseModel):
    """`key`: the places; `to`: whom they are given to."""

    do: Literal["accept", "assign"]
    key: list[str] = []
    to: str = ""
    show: Shown = "open"
    page: int = 1


@router.get("/documents/{document_id}/impact")
def impact(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    workbench: WorkbenchDep,
    previews: PreviewsDep,
    asked: GapsAskedDep,
    document_id: str,
    show: Shown = "open",
    page: Annotated[int, Query(ge=1)] = 1,
    gaps: Annotated[int, Query(ge=1)] = 1,
    done: str = "",
) -> HTMLResponse:
    """`page` of the places, and `gaps`: the page of the known gaps."""
    content = editing.now()
    compared = compared_document(editing.editions, content.draft, content.folder, document_id)
    if compared is None:
        return missing(request, container, person)
    found = affected_places(compared, container.settings.data_dir)
    wanted = [each for each in found.places if show == "all" or each.is_to_do]
    shown, number, pages = paged(wanted, page)
    section = gap_section(container, content, compared, previews, asked)
    gap_places = [each for each in section.places if show == "all" or each.is_to_do]
    gaps_shown, gaps_page, gaps_pages = paged(gap_places, gaps)
    return manage_page(
        request,
        container,
        "manage/impact.html",
        person,
        id=document_id,
        draft=content.draft,
        compared=compared,
        found=found,
        reread=to_reread(content.folder, container.settings.data_dir, document_id),
        groups=list(AffectedPlaces(tuple(shown), ()).groups()),
        lost=Counter(
            each.citation.cited
            for place in found.broken
            for each in place.cited
            if each.state == "broken"
        ),
        sides=sides_of(compared, shown),
        named_before=_names(compared, shown),
        kinds=KINDS,
        states=STATES,
        show=show,
        page=number,
        pages=pages,
        section=section,
        gaps_shown=gaps_shown,
        gaps_page=gaps_page,
        gaps_pages=gaps_pages,
        gap_states=GAP_STATES,
        people=sorted({each.display_name for each in workbench.accounts.all()}),
        may_edit=person.role.includes(Role.EDITOR),
        done=done,
    )


def _names(
    compared: ComparedDocument, places: Sequence[AffectedPlace]
) -> dict[str, tuple[str, ...]]:
    """By what places name the document that it is no longer called, by their keys."""
    if compared.after is None:
        return {}
    before = compared.before.document
    old = old_names(before, compared.after.document)
    found = {each.key: named_in(each.text, old, before) for each in places if each.is_of_the_whole}
    return {key: names for key, names in found.items() if names}


def paged(found: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    """Those of the page, or of the last one that there is; which that is, and of how many."""
    pages = max(1, -(-len(found) // PLACES_A_PAGE))
    number = min(page, pages)
    return found[(number - 1) * PLACES_A_PAGE : number * PLACES_A_PAGE], number, pages


def sides_of(compared: ComparedDocument, places: Sequence[AffectedPlace]) -> dict[str, Sides]:
    """Of the passages that the places cite, by their ids."""
    ids = {each.citation.cited for place in places for each in place.cited}
    return {
        change.id: Sides.of(change)
        for change in compared.changes
        if change.id in ids and change.id is not None
    }


@router.post("/documents/{document_id}/impact")
def act(
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    given: Annotated[ActForm, Form()],
) -> Response:
    content, data = editing.now(), container.settings.data_dir
    compared = compared_document(editing.editions, content.draft, content.folder, document_id)
    found = affected_places(compared, data).places if compared else ()
    places = [each for each in found if each.key in given.key]
    pairs = to_look_at(places)
    if compared is None or not pairs:
        problem = "tick one or more places that are open, and have not lost their source"
        raise ContentError.at(Location("the places"), problem)
    to = " ".join(given.to.split())
    if given.do == "assign" and not to:
        raise ContentError.at(Location("the places"), "write who is to look at them")

    def apply(folder: Path) -> None:
        if given.do == "accept":
            accept(folder, data, document_id, pairs, decision_of(person))
        else:
            assignment = Assignment(to=to, by=person.name, on=date.today())
            assign(folder, data, document_id, pairs, assignment)

    count = len({key for key, _ in pairs})
    counted = places[0].name if count == 1 else f"{count} places"
    what = f"Accepted {counted}" if given.do == "accept" else f"Gave {counted} to {to}"
    said = edited_names(editing).in_words(f"{what}, for {compared.title}")
    editing.change(person.name, said, apply)
    done = "accepted" if given.do == "accept" else "assigned"
    query = {"show": given.show, "page": given.page}
    return went(f"{PATH}/{document_id}/impact", done, "", **query)


def decision_of(person: Person) -> Acceptance:
    return Acceptance(by=person.name, role=str(person.role), on=date.today())

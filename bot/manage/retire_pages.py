"""`/manage/documents/ID/retire`: what still cites a document, until nothing does, and taking it
out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.manage.access import EditorDep
from bot.manage.documents import PATH, missing
from bot.manage.editing import EditingDep, has_document, went
from bot.manage.impact_pages import KINDS, decision_of
from bot.manage.names import edited_names
from bot.manage.templating import manage_page
from bot.operations.citation_edits import goes_whole
from bot.operations.citations import graph_of
from bot.operations.compared_document import without
from bot.operations.dropping import planned
from bot.operations.going_with import going_with, told
from bot.operations.place_acts import accept_reread, drop_citations
from bot.operations.places import affected_places
from bot.operations.rereading import to_reread
from knowledge.documents import read_document_of
from knowledge.errors import ContentError, Location
from knowledge.retiring import take_out

router = APIRouter()


class RereadForm(BaseModel):
    """`key`: of the places whose words still hold; `back`: the page that it was sent from."""

    key: list[str] = []
    back: Literal["retire", "impact"] = "impact"


@router.get("/documents/{document_id}/retire")
def retire(
    request: Request,
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    done: str = "",
) -> HTMLResponse:
    content, data = editing.now(), container.settings.data_dir
    if not has_document(content, document_id):
        return missing(request, container, person)
    compared = without(content.folder, document_id)
    graph = graph_of(content.folder, data)
    plan = planned(graph, document_id)
    going = {each.key for each in plan.drops}
    found = affected_places(compared, data)
    own = f"document/{document_id}"
    places = [each for each in found.places if each.key != own and each.kind not in GO_ALONG]
    return manage_page(
        request,
        container,
        "manage/retire.html",
        person,
        id=document_id,
        draft=content.draft,
        title=compared.title,
        places=places,
        kept={each.key for each in plan.last},
        going=going,
        whole={each.key for each in plan.drops if goes_whole(graph, each)},
        with_it=going_with(content.folder, graph, document_id),
        passages=len(compared.before.passages),
        drops=len(plan.drops),
        may_edit=True,
        reread=to_reread(content.folder, data, document_id),
        texts={each.id: each.text for each in compared.before.passages},
        kinds=KINDS,
        done=done,
    )


GO_ALONG = {"gap", "out_of_scope"}
"""Topics are no longer mistaken for its passages once it is taken out."""


@router.post("/documents/{document_id}/retire/citations")
def citations_dropped(
    container: ContainerDep, person: EditorDep, editing: EditingDep, document_id: str
) -> Response:
    """Takes each out of its place where something else is cited there."""
    data = container.settings.data_dir
    title = read_document_of(editing.now().folder, document_id).title

    drops = planned(graph_of(editing.now().folder, data), document_id).drops

    def apply(folder: Path) -> None:
        drop_citations(folder, data, document_id)

    what = f"Took citations of {title} out where others remain"
    named = dict.fromkeys(each.name for each in drops)
    editing.change(person.name, what, apply, "\n".join(("Taken out of:", *named)))
    return went(f"{PATH}/{document_id}/retire", "dropped")


@router.post("/documents/{document_id}/reread")
def reread(
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    given: Annotated[RereadForm, Form()],
) -> Response:
    """Accepts the words of places that cited the document before. It may be gone by now."""
    content, data = editing.now(), container.settings.data_dir
    found = to_reread(content.folder, data, document_id)
    chosen = [each for each in found if each.place.citation.key in given.key]
    if not chosen:
        problem = "tick one or more places that are still to be read"
        raise ContentError.at(Location("the places"), problem)

    def apply(folder: Path) -> None:
        accept_reread(folder, data, chosen, decision_of(person))

    names = list(dict.fromkeys(each.place.citation.name for each in chosen))
    counted = names[0] if len(names) == 1 else f"{len(names)} places"
    title = edited_names(editing).called(document_id)
    what = f"Read {counted} again, which cited {title} before"
    editing.change(person.name, what, apply, "\n".join(names) if names[1:] else "")
    return went(f"{PATH}/{document_id}/{given.back}", "accepted", fragment="reread")


@router.post("/documents/{document_id}/retire")
def retired(
    container: ContainerDep, person: EditorDep, editing: EditingDep, document_id: str
) -> Response:
    folder, data = editing.now().folder, container.settings.data_dir
    title = read_document_of(folder, document_id).title
    more = told(going_with(folder, graph_of(folder, data), document_id))

    def apply(folder: Path) -> None:
        take_out(folder, document_id)

    editing.change(person.name, f"Retired {title}", apply, more)
    return went(PATH, "retired")

"""`/manage/documents/ID/removed`: a passage that is gone, in all places that cite it at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.manage.access import EditorDep, ReaderDep
from bot.manage.documents import PATH, missing
from bot.manage.editing import Editing, EditingDep, has_document, went
from bot.manage.names import edited_names
from bot.manage.passage_picker import offered
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.operations.citation_edits import goes_whole, may_be_edited, may_be_taken_out
from bot.operations.citations import graph_of
from bot.operations.compared_document import ComparedDocument, compared_document, without
from bot.operations.place_acts import remove_citation, replace_citation
from bot.operations.suggested_passages import suggested
from knowledge.errors import ContentError, Location
from knowledge.revision import CitingPlace

router = APIRouter()


@router.get("/documents/{document_id}/removed")
def removed(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    document_id: str,
    passage: str,
    retiring: bool = False,
    find: str = "",
) -> HTMLResponse:
    content = editing.now()
    compared = _compared(editing, document_id, retiring=retiring)
    change = compared.change_of(passage) if compared else None
    if compared is None or change is None or change.kind != "removed" or not change.before:
        return missing(request, container, person)
    citing, removable = _citing(editing, container, passage)
    graph = graph_of(content.folder, container.settings.data_dir)
    gone = {each.id for each in compared.removed if each.id}
    first = () if find.strip() else change.shares_words_with
    return manage_page(
        request,
        container,
        "manage/removed.html",
        person,
        id=document_id,
        draft=content.draft,
        passage=change.before,
        citing=citing,
        removable=removable,
        whole=[each for each in citing.values() if goes_whole(graph, each)],
        suggestions=offered(
            suggested(content.folder, find.strip() or change.before.text, gone, first)
        ),
        find=find,
        retiring=retiring,
        back=_list(document_id, retiring=retiring),
        may_edit=person.role.includes(Role.EDITOR),
    )


def _compared(editing: Editing, document_id: str, *, retiring: bool) -> ComparedDocument | None:
    content = editing.now()
    if retiring and has_document(content, document_id):
        return without(content.folder, document_id)
    return compared_document(editing.editions, content.draft, content.folder, document_id)


def _citing(
    editing: Editing, container: Container, passage: str
) -> tuple[dict[str, CitingPlace], set[str]]:
    """What cites it, by the keys of the places, and the keys of those that have other sources."""
    graph = graph_of(editing.now().folder, container.settings.data_dir)
    citations = [each for each in graph.of(passage) if may_be_edited(each.kind)]
    keys = {each.key for each in citations}
    last = {each.key for each in citations if not may_be_taken_out(graph, each)}
    return {each.key: each for each in citations}, keys - last


def _list(document_id: str, *, retiring: bool) -> str:
    return f"{PATH}/{document_id}/{'retire' if retiring else 'impact'}"


@router.post("/documents/{document_id}/removed")
def change_everywhere(
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    do: Annotated[Literal["remove", "replace"], Form()],
    passage: Annotated[str, Form()],
    instead: Annotated[str, Form()] = "",
    retiring: Annotated[bool, Form()] = False,
) -> Response:
    data = container.settings.data_dir
    citing, removable = _citing(editing, container, passage)
    keys = removable if do == "remove" else set(citing)
    if not keys or passage.partition(".")[0] != document_id:
        problem = "no such place is left. Look at the list again"
        raise ContentError.at(Location("the places"), problem)

    def apply(folder: Path) -> None:
        if do == "remove":
            remove_citation(folder, data, keys, passage)
        else:
            replace_citation(folder, data, keys, passage, instead)

    names = edited_names(editing)
    counted = f"{len(keys)} place{'' if len(keys) == 1 else 's'}"
    what = (
        f"Took {names.called(passage)} out of {counted}"
        if do == "remove"
        else f"Put {names.called(instead)} in the place of {names.called(passage)} in {counted}"
    )
    editing.change(person.name, what, apply)
    return went(_list(document_id, retiring=retiring), "edited")

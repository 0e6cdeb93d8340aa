"""`/manage/documents/ID/place`: one place that cites a document, and changing what it cites."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.manage.access import EditorDep, ReaderDep
from bot.manage.documents import PATH, missing
from bot.manage.editing import EditedContent, Editing, EditingDep, has_document, went
from bot.manage.impact_pages import KINDS, STATES, decision_of, sides_of
from bot.manage.names import edited_names
from bot.manage.passage_picker import offered
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.operations.citation_edits import goes_whole, may_be_edited, may_be_taken_out
from bot.operations.citations import CitationGraph, graph_of
from bot.operations.compared_document import ComparedDocument, compared_document, without
from bot.operations.entry_edits import is_entry, take_entry_out
from bot.operations.place_acts import remove_citation, replace_citation, reword_place
from bot.operations.place_words import place_words
from bot.operations.places import AffectedPlace, affected_places
from bot.operations.suggested_passages import suggested
from knowledge.documents import read_documents
from knowledge.errors import ContentError, Location

router = APIRouter()


class CameFrom(BaseModel):
    """The list that led to a place: of what cites the document, or of what has to be changed before
    it is retired (`retiring`), or of what `once` cited another and is to be read again, on the page
    `back` of that."""

    retiring: bool = False
    once: str = Field("", pattern=r"^[\w-]*$")
    back: Literal["", "retire", "impact"] = ""

    @property
    def query(self) -> dict[str, str]:
        """What leads to the same place again."""
        if self.once:
            return {"once": self.once, "back": self.back}
        return {"retiring": "true"} if self.retiring else {}

    def list_of(self, document_id: str) -> str:
        if self.once and self.back:
            return f"{PATH}/{self.once}/{self.back}"
        return f"{PATH}/{document_id}/{'retire' if self.retiring else 'impact'}"


class PlaceQuery(CameFrom):
    """`find`: words of passages that are looked for."""

    key: str
    find: str = ""
    done: str = ""


class EditForm(CameFrom):
    """`cited`: what is taken out, or what `passage` takes the place of; `words`: all that it says,
    as `place_words` has them; `why`: the reason for which an entry is taken out."""

    do: Literal["say", "entry", "remove", "replace"]
    key: str
    cited: str = ""
    passage: str = ""
    words: list[str] = []
    why: str = ""


@router.get("/documents/{document_id}/place")
def place(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    document_id: str,
    asked: Annotated[PlaceQuery, Query()],
) -> HTMLResponse:
    content, key, find, retiring = editing.now(), asked.key, asked.find, asked.retiring
    compared, found = _found(editing, container, document_id, key, retiring=retiring)
    if compared is None or found is None:
        return missing(request, container, person)
    graph = graph_of(content.folder, container.settings.data_dir)
    there = graph.of_place(key)
    mine = {each.citation.cited: each for each in found.cited}
    gone = {change.id for change in compared.removed if change.id}
    return manage_page(
        request,
        container,
        "manage/place.html",
        person,
        id=document_id,
        draft=content.draft,
        compared=compared,
        place=found,
        there=there,
        mine=mine,
        others=_others(content, [each.cited for each in there if each.cited not in mine]),
        sides=sides_of(compared, [found]),
        removable={e.cited for e in there}
        - {e.cited for e in there if not may_be_taken_out(graph, e)},
        whole={e.cited for e in there if goes_whole(graph, e)},
        editable=may_be_edited(found.kind),
        words=place_words(there[0]) if there else (),
        is_entry=bool(there) and is_entry(there[0]),
        suggestions={
            cited: _suggested(compared, content, each.change, find, gone)
            for cited, each in mine.items()
            if each.change and may_be_edited(found.kind)
        },
        find=find,
        kinds=KINDS,
        states=STATES,
        retiring=retiring,
        came_from=asked,
        back=asked.list_of(document_id),
        may_edit=person.role.includes(Role.EDITOR),
        done=asked.done,
    )


def _found(
    editing: Editing, container: Container, document_id: str, key: str, *, retiring: bool
) -> tuple[ComparedDocument | None, AffectedPlace | None]:
    content = editing.now()
    if retiring and has_document(content, document_id):
        compared: ComparedDocument | None = without(content.folder, document_id)
    else:
        compared = compared_document(editing.editions, content.draft, content.folder, document_id)
    if compared is None:
        return None, None
    return compared, affected_places(compared, container.settings.data_dir).of(key)


def _others(content: EditedContent, ids: list[str]) -> dict[str, str]:
    """The texts of the other passages that the place cites."""
    return {
        passage.id: passage.text
        for each in (read_documents(content.folder) if ids else ())
        for passage in each.passages
        if passage.id in ids
    }


def _suggested(
    compared: ComparedDocument, content: EditedContent, change: object, find: str, gone: set[str]
) -> object:
    before = getattr(change, "before", None)
    words = find.strip() or (before.text if before else "")
    first = () if find.strip() else getattr(change, "shares_words_with", ())
    return offered(suggested(content.folder, words, gone | {getattr(change, "id", "")}, first))


@router.post("/documents/{document_id}/place")
def change_place(
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    given: Annotated[EditForm, Form()],
) -> Response:
    data = container.settings.data_dir
    compared, found = _found(editing, container, document_id, given.key, retiring=given.retiring)
    if compared is None or found is None:
        problem = "this place is not affected any more. Look at the list again"
        raise ContentError.at(Location("the place"), problem)
    place, why = found, " ".join(given.why.split())
    if given.do == "entry" and not why:
        raise ContentError.at(Location(place.name), "write why it is taken out, for the history")

    def apply(folder: Path) -> None:
        match given.do:
            case "say":
                reword_place(folder, data, document_id, place, given.words, decision_of(person))
            case "entry":
                take_entry_out(CitationGraph.read(folder, data), place.key)
            case "remove":
                remove_citation(folder, data, {place.key}, given.cited)
            case "replace":
                replace_citation(folder, data, {place.key}, given.cited, given.passage)

    names = edited_names(editing)
    cited, passage = names.called(given.cited), names.called(given.passage)
    what = {
        "say": f"Reworded {place.name}",
        "entry": f"Took out {place.name}: {why}",
        "remove": f"Took {cited} out of {place.name}",
        "replace": f"Put {passage} in the place of {cited} in {place.name}",
    }
    more = place.text if given.do == "entry" else ""
    editing.change(person.name, names.in_words(what[given.do]), apply, more)
    _, now = _found(editing, container, document_id, given.key, retiring=given.retiring)
    if now and now.is_to_do:
        return went(f"{PATH}/{document_id}/place", "edited", key=given.key, **given.query)
    return went(given.list_of(document_id), "edited", "reread" if given.once else "")

"""`/manage/documents/ID/gap`: a known gap that a document may answer, and deciding about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.manage.access import EditorDep, ReaderDep
from bot.manage.documents import PATH, missing
from bot.manage.editing import Editing, EditingDep, went
from bot.manage.gap_form import FORM, ReplyForm, contacts_now
from bot.manage.gap_section import GapsAskedDep, gap_section
from bot.manage.impact_pages import decision_of
from bot.manage.passage_picker import Shelf
from bot.manage.preview import PreviewsDep
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.manage.workbench import Workbench, WorkbenchDep
from bot.operations.citations import belongs_to
from bot.operations.compared_document import ComparedDocument, compared_document
from bot.operations.counted import counted
from bot.operations.gap_places import (
    GAP_STATES,
    Decision,
    GapPlace,
    assign_gaps,
    decided,
    give_up,
    give_up_here,
    keep_gaps,
    reword_and_keep,
)
from bot.operations.touched_gaps import Nearest
from knowledge.documents import Passage
from knowledge.errors import ContentError
from knowledge.known_gaps import read_gaps
from knowledge.questions import TopicLine
from knowledge.revision.review import Assignment

router = APIRouter()

Shown = Literal["open", "all"]
DECIDED_BESIDE = " "
"""Between a gap's id and those of the passages beside which it is decided, in a form."""


DECISIONS: Mapping[str, tuple[Decision, str]] = {
    "reword": ("reworded", "edited"),
    "give_up": ("goes", "gap_goes"),
    "give_up_here": ("goes_here", "gap_goes_here"),
}
"""By what was pressed what is decided, and what the next page says."""


class GapsForm(BaseModel):
    """`gap`: the id of each and of the passages that were seen beside it; `to`: whom they are given
    to."""

    do: Literal["keep", "assign"]
    gap: list[str] = []
    to: str = ""
    show: Shown = "open"
    gaps: int = 1


class GapWordsForm(ReplyForm):
    """`gap`: as in `GapsForm`. `write`: the passage's id and the question that is written for it,
    once the gap is gone; `instead` the id of the one passage for all of them."""

    do: Literal["reword", "give_up", "give_up_here"]
    gap: str = ""
    write: list[str] = Field(default_factory=list)
    instead: str = ""


@router.post("/documents/{document_id}/gaps")
def decide(
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    given: Annotated[GapsForm, Form()],
) -> Response:
    """That the gaps stay, or who is to decide about them."""
    compared = _compared(editing, document_id)
    kept = _kept(given.gap, document_id)
    if not kept:
        raise ContentError.at(FORM, "tick one or more known gaps")
    to = " ".join(given.to.split())
    if given.do == "assign" and not to:
        raise ContentError.at(FORM, "write who is to look at them")
    data = container.settings.data_dir

    def apply(folder: Path) -> None:
        if given.do == "keep":
            keep_gaps(folder, data, document_id, kept, decision_of(person))
        else:
            given_to = Assignment(to=to, by=person.name, on=date.today())
            assign_gaps(folder, data, document_id, kept, given_to)

    gaps = read_gaps(editing.now().folder)
    topics = [gaps[each].topic if each in gaps else each for each in kept]
    decision: Decision = "stays" if given.do == "keep" else "given"
    editing.change(person.name, decided(decision, topics, compared.title, to), apply)
    done = "gap_stays" if given.do == "keep" else "assigned"
    query = {"show": given.show, "gaps": given.gaps}
    return went(f"{PATH}/{document_id}/impact", done, "gaps", **query)


@router.get("/documents/{document_id}/gap")
def gap(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    previews: PreviewsDep,
    asked: GapsAskedDep,
    workbench: WorkbenchDep,
    document_id: str,
    gap: str,
    find: str = "",
) -> HTMLResponse:
    """`find`: words of another passage that its questions may be written for."""
    content = editing.now()
    compared = compared_document(editing.editions, content.draft, content.folder, document_id)
    line = read_gaps(content.folder).get(gap)
    if compared is None or compared.after is None or line is None:
        return missing(request, container, person)
    section = gap_section(container, content, compared, previews, asked)
    place = section.of(gap)
    return manage_page(
        request,
        container,
        "manage/gap.html",
        person,
        local_to=compared.after.document.local_to,
        id=document_id,
        draft=content.draft,
        compared=compared,
        gap=line,
        section=section,
        place=place,
        passages=_beside(compared, line, place),
        led=_led(place),
        writable=_writable(compared, place),
        others=_other_questions(line, place),
        states=GAP_STATES,
        contacts=contacts_now(container, editing).choices,
        people=people_of(workbench),
        find=find,
        choices=Shelf(content.folder).choices(find) if find.strip() else [],
        may_edit=person.role.includes(Role.EDITOR),
    )


@router.post("/documents/{document_id}/gap")
def change_gap(
    container: ContainerDep,
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    given: Annotated[GapWordsForm, Form()],
) -> Response:
    """Words it anew, or takes it out."""
    compared = _compared(editing, document_id)
    kept = _kept([given.gap], document_id)
    gaps = read_gaps(editing.now().folder)
    gap_id = next(iter(kept), "")
    if gap_id not in gaps:
        raise ContentError.at(FORM, "this gap is there no more. Look at the list again")
    data, topics = container.settings.data_dir, [gaps[gap_id].topic]
    pairs = (each.partition(DECIDED_BESIDE) for each in given.write)
    written = {question: given.instead or passage_id for passage_id, _, question in pairs}

    def apply(folder: Path) -> None:
        if given.do == "give_up_here":
            give_up_here(folder, gap_id, document_id)
        elif given.do == "give_up":
            give_up(folder, gap_id, written)
        else:
            reply, by = given.reply(contacts_now(container, editing)), decision_of(person)
            reword_and_keep(folder, data, document_id, kept, reply, by)

    decision, done = DECISIONS[given.do]
    is_moved = bool(written) and given.do == "give_up"
    also = f"; {counted(len(written), 'question')} of it written for passages" if is_moved else ""
    editing.change(person.name, decided(decision, topics, compared.title) + also, apply)
    return went(f"{PATH}/{document_id}/impact", done, "gaps")


def people_of(workbench: Workbench) -> list[str]:
    return sorted({each.display_name for each in workbench.accounts.all()})


def _compared(editing: Editing, document_id: str) -> ComparedDocument:
    content = editing.now()
    compared = compared_document(editing.editions, content.draft, content.folder, document_id)
    if compared is None or compared.after is None:
        raise ContentError.at(FORM, "this document is there no more")
    return compared


def _kept(named: Sequence[str], document_id: str) -> dict[str, tuple[str, ...]]:
    """Of each gap the passages of the document that were seen beside it."""
    found: dict[str, tuple[str, ...]] = {}
    for each in named:
        gap_id, *passages = each.split(DECIDED_BESIDE)
        mine = tuple(p for p in passages if belongs_to(p, document_id))
        if gap_id and mine:
            found[gap_id] = mine
    return found


def _beside(
    compared: ComparedDocument, line: TopicLine, place: GapPlace | None
) -> tuple[Passage, ...]:
    """What its questions lead to; where that is not known, what it is mistaken for."""
    if place:
        return place.passages
    there = compared.after.passages if compared.after else ()
    return tuple(each for each in there if each.id in line.near)


def _led(place: GapPlace | None) -> dict[str, list[Nearest]]:
    if place is None:
        return {}
    return {each.id: place.touched.led_to(each.id) for each in place.passages}


def _writable(compared: ComparedDocument, place: GapPlace | None) -> list[tuple[Nearest, Passage]]:
    """Every question that leads to the document, with the passage; the answered first."""
    if place is None:
        return []
    nearest = sorted(place.touched.nearest, key=lambda each: not each.is_answered)
    there = compared.new_words
    return [(each, there[each.passage_id]) for each in nearest if each.passage_id in there]


def _other_questions(line: TopicLine, place: GapPlace | None) -> list[str]:
    """Those that lead to none of the passages that are shown."""
    led = {each.question for found in _led(place).values() for each in found}
    return [each for each in line.questions if each not in led]

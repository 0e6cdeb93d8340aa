"""`/manage/documents/ID/passages/ID`: a passage and the questions that are written for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.manage.access import EditorDep, ReaderDep
from bot.manage.documents import PATH, missing
from bot.manage.editing import EditingDep, has_document, went
from bot.manage.review_page import review_of
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from knowledge.corpus import FEWEST_QUESTIONS
from knowledge.documents import read_document_of
from knowledge.errors import ContentError, Location
from knowledge.notices import NoticeRecord, local, read_records
from knowledge.passage_questions import questions_of, write_questions
from knowledge.proposed_questions import proposed
from knowledge.quotes import Notice
from knowledge.recutting import Cut

router = APIRouter()

LONGEST = 500
"""Characters of a written question: more is no question."""


@router.get("/documents/{document_id}/passages/{passage_id}")
def passage(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    document_id: str,
    passage_id: str,
    done: str = "",
) -> HTMLResponse:
    content = editing.now()
    if not has_document(content, document_id):
        return missing(request, container, person)
    cut = Cut.read(content.folder, document_id)
    entry = next((each for each in cut.passages if each.id == passage_id), None)
    if entry is None:
        return missing(request, container, person)
    kept = questions_of(content.folder, passage_id)
    page, anchor = review_of(cut).place_of(entry.lines[0])
    return manage_page(
        request,
        container,
        "manage/passage.html",
        person,
        id=document_id,
        draft=content.draft,
        title=cut.entry.title,
        back=f"{PATH}/{document_id}/review?page={page}#{anchor}",
        passage=entry,
        questions=kept,
        proposals=proposed(cut.entry.title, entry, kept),
        fewest=FEWEST_QUESTIONS,
        notices=(beside := notices_beside(content.folder, document_id, passage_id)),
        unwritten=unwritten_beside(content.folder, document_id, beside),
        may_edit=person.role.includes(Role.EDITOR),
        done=done,
    )


def notices_beside(folder: Path, document_id: str, passage_id: str) -> list[NoticeRecord]:
    """Raises ContentError."""
    return [
        each
        for each in read_records(folder)
        if passage_id in each.passages or document_id in each.documents
    ]


def unwritten_beside(
    folder: Path, document_id: str, written: Sequence[NoticeRecord]
) -> tuple[Notice, ...]:
    """That it is one area's text, where the document says so and nobody has worded it."""
    if any(each.kind == "local" for each in written):
        return ()
    return local(read_document_of(folder, document_id), date.today())


@router.post("/documents/{document_id}/passages/{passage_id}/questions")
def write(
    person: EditorDep,
    editing: EditingDep,
    document_id: str,
    passage_id: str,
    questions: Annotated[str, Form()] = "",
    keep: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """`questions`: one a line, in place of those that there were; `keep`: proposals to add."""
    lines = [" ".join(each.split()) for each in (*questions.splitlines(), *(keep or ()))]
    asked = list(dict.fromkeys(filter(None, lines)))
    if too_long := next((each for each in asked if len(each) > LONGEST), None):
        problem = f"“{too_long[:40]} …” is longer than {LONGEST} characters. Make it shorter"
        raise ContentError.at(Location("the questions"), problem)

    cut = Cut.read(editing.now().folder, document_id)
    reference = cut.passages[cut.place(passage_id)].reference

    def apply(folder: Path) -> None:
        Cut.read(folder, document_id).place(passage_id)
        write_questions(folder, passage_id, asked)

    what = f"Changed the written questions of {reference}, in {cut.entry.title}"
    editing.change(person.name, what, apply)
    return went(f"{PATH}/{document_id}/passages/{passage_id}", "questions")

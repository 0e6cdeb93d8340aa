"""`/manage/preview`: what would be answered from the draft.

Danger and personal data are read first, as everywhere. There is no conversation: each question
stands alone, and nothing is kept of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from bot.api.authentication import Client, ContainerDep
from bot.api.problems import problem_details
from bot.container import Container
from bot.errors import Refusal
from bot.manage.access import ReaderDep
from bot.manage.editing import Editing, EditingDep
from bot.manage.people import Person
from bot.manage.templating import manage_page
from bot.messages import Message
from bot.operations.previews import Preview, Previews
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.screening import ScreenedMessage, UserMessage
from bot.understanding.turn import TurnInput
from knowledge.encoder import EncoderFailed
from knowledge.errors import ContentError, Violation

router = APIRouter()


def get_previews(request: Request) -> Previews:
    previews: Previews = request.app.state.previews
    return previews


PreviewsDep = Annotated[Previews, Depends(get_previews)]


@router.get("/preview")
def preview(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    previews: PreviewsDep,
) -> HTMLResponse:
    return _page(request, container, person, *_opened(container, editing, previews))


Opened = tuple[str, Preview | None, tuple[Violation, ...]]
"""What the draft is (none, opening, ready or broken), opened, and what is wrong with it."""


def _opened(container: Container, editing: Editing, previews: Previews) -> Opened:
    content = editing.now()
    if content.draft is None:
        return "none", None, ()
    try:
        found = previews.ready(container, content.draft, content.folder)
    except ContentError as broken:
        return "broken", None, broken.violations
    return ("ready" if found else "opening"), found, ()


def _page(
    request: Request,
    container: Container,
    person: Person,
    state: str,
    found: Preview | None,
    slips: tuple[Violation, ...],
    /,
    *,
    messages: Sequence[Message] = (),
    said: str = "",
    problem: object = None,
) -> HTMLResponse:
    return manage_page(
        request,
        container,
        "manage/preview.html",
        person,
        messages=messages,
        said=said,
        problem=problem,
        phrases=container.phrases,
        state=state,
        documents=len(found.library.documents) if found else 0,
        slips=slips,
    )


@router.post("/preview")
async def ask(
    request: Request,
    container: ContainerDep,
    client: Client,
    person: ReaderDep,
    editing: EditingDep,
    previews: PreviewsDep,
    text: Annotated[str, Form()] = "",
) -> HTMLResponse:
    screened = await container.screener.screen(UserMessage(text, client=client))
    opened = await run_in_threadpool(_opened, container, editing, previews)
    first = container.safety.first(screened.alert) if screened.alert else None
    messages: list[Message] = [first] if first else []
    if first and first.interrupts:
        return _page(request, container, person, *opened, messages=messages)
    problem = screened.refusal
    if problem is None and opened[1]:
        try:
            messages += await run_in_threadpool(answered, container, opened[1], screened)
        except EncoderFailed:
            problem = Refusal("encoder-failed", retry_after_s=30)
    return _page(
        request,
        container,
        person,
        *opened,
        messages=messages,
        said=screened.redaction.text if screened.redaction else "",
        problem=problem_details(problem, container.phrases) if problem else None,
    )


def answered(container: Container, preview: Preview, screened: ScreenedMessage) -> list[Message]:
    screened = screened.with_places(preview.knowledge.library.names.is_area)
    redaction = screened.redaction or Redaction("", ())
    documents = screened.documents_taken_out(preview.knowledge.documents_named)
    turn = TurnInput(redaction.text, area=container.settings.area, documents=documents)
    messages = preview.pipeline.reply(turn).messages
    if not redaction.found:
        return list(messages)
    return [container.safety.privacy(redaction, names_a_document=bool(documents)), *messages]

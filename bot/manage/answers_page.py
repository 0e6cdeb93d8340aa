"""`/manage/documents/ID/answers`: which written questions the draft answers otherwise."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.manage.access import ReaderDep
from bot.manage.documents import missing
from bot.manage.editing import EditingDep
from bot.manage.preview import PreviewsDep
from bot.manage.templating import manage_page
from bot.operations.changed_answers import Replay, replayed
from bot.operations.compared_document import compared_document
from bot.operations.latest import Latest
from knowledge.errors import ContentError, Violation

router = APIRouter()

VERDICTS = {
    "answerable": "answered",
    "not_in_sources": "not answered",
    "out_of_scope": "outside the field",
}


def get_replays(request: Request) -> Latest[Replay]:
    replays: Latest[Replay] = request.app.state.replays
    return replays


ReplaysDep = Annotated[Latest[Replay], Depends(get_replays)]


@router.get("/documents/{document_id}/answers")
def answers(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    previews: PreviewsDep,
    replays: ReplaysDep,
    document_id: str,
) -> HTMLResponse:
    content = editing.now()
    compared = compared_document(editing.editions, content.draft, content.folder, document_id)
    if compared is None:
        return missing(request, container, person)
    state, replay = "none", None
    slips: tuple[Violation, ...] = ()
    if content.draft and compared.is_changed:
        try:
            state, replay = "opening", None
            if preview := previews.ready(container, content.draft, content.folder):
                live, draft = container.knowledge, preview.knowledge
                key = content.draft.id, container.edition.id, document_id
                replay = replays.ready(key, lambda: replayed(live, draft, compared))
                state = "ready" if replay else "asking"
        except ContentError as broken:
            state, slips = "broken", broken.violations
    return _page(request, container, person, document_id, compared.title, state, replay, slips)


def _page(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    document_id: str,
    title: str,
    state: str,
    replay: Replay | None,
    slips: tuple[Violation, ...],
) -> HTMLResponse:
    return manage_page(
        request,
        container,
        "manage/answers.html",
        person,
        id=document_id,
        title=title,
        state=state,
        replay=replay,
        slips=slips,
        verdicts=VERDICTS,
    )

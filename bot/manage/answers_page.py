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
from bot.operations.compared_document import ComparedDocument, compared_document
from bot.operations.latest import Latest
from bot.operations.replay import Comparison, asked_about, compared
from knowledge import Knowledge
from knowledge.costs import Act
from knowledge.errors import ContentError, Violation

router = APIRouter()

CALLED: dict[Act, str] = {
    "answers": "Answered",
    "closest": "Nearest",
    "not_covered": "Not answered",
    "outside": "Outside the field",
}


def get_replays(request: Request) -> Latest[Comparison]:
    replays: Latest[Comparison] = request.app.state.replays
    return replays


ReplaysDep = Annotated[Latest[Comparison], Depends(get_replays)]


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
    document = compared_document(editing.editions, content.draft, content.folder, document_id)
    if document is None:
        return missing(request, container, person)
    state, replay = "none", None
    slips: tuple[Violation, ...] = ()
    if content.draft and document.is_changed:
        try:
            state, replay = "opening", None
            if preview := previews.ready(container, content.draft, content.folder):
                live, draft, area = (
                    container.knowledge,
                    preview.knowledge,
                    container.settings.area,
                )
                key = content.draft.id, container.edition.id, document_id
                replay = replays.ready(key, lambda: replayed(live, draft, document, area))
                state = "ready" if replay else "asking"
        except ContentError as broken:
            state, slips = "broken", broken.violations
    return _page(request, container, person, document_id, document.title, state, replay, slips)


def replayed(
    live: Knowledge, draft: Knowledge, document: ComparedDocument, area: str | None
) -> Comparison:
    return compared(live, draft, asked_about(live, draft, document), area=area)


def _page(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    document_id: str,
    title: str,
    state: str,
    replay: Comparison | None,
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
        called=CALLED,
    )

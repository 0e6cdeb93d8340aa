"""`/manage/documents/ID/answers`: which written questions the draft answers otherwise."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.manage.access import ReaderDep
from bot.manage.answer_groups import CALLED, grouped
from bot.manage.documents import missing
from bot.manage.editing import EditedContent, Editing, EditingDep, has_document
from bot.manage.preview import PreviewsDep
from bot.manage.templating import manage_page
from bot.operations.compared_document import ComparedDocument, compared_document
from bot.operations.latest import Latest
from bot.operations.replay import Comparison, asked_about, compared
from knowledge import Knowledge
from knowledge.errors import ContentError, Violation

router = APIRouter()


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
    is_new = _is_new_in(editing, content, document_id)
    if content.draft and (document.is_changed or is_new):
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


def _is_new_in(editing: Editing, content: EditedContent, document_id: str) -> bool:
    """Whether the draft adds the document."""
    if content.draft is None:
        return False
    made_from = editing.editions.folder(content.draft.made_from.id)
    return not has_document(EditedContent(None, made_from), document_id)


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
        groups=grouped(replay.changed) if replay else [],
        slips=slips,
        called=CALLED,
    )

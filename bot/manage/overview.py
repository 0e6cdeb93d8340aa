"""The first page of `/manage`: what is answered from, since when, and what is due."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.manage.access import ReaderDep
from bot.manage.templating import manage_page
from bot.operations.threads import in_thread

router = APIRouter()


@router.get("")
async def overview(request: Request, container: ContainerDep, person: ReaderDep) -> HTMLResponse:
    library = container.knowledge.library
    return manage_page(
        request,
        container,
        "manage/overview.html",
        person,
        answers_from=container.edition,
        live=await in_thread(container.editions.live),
        documents=len(library.documents),
        passages=len(library.passages),
    )

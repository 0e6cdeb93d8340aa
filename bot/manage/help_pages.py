"""`/manage/help`: the guides, with their pictures and example documents."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.manage.access import ReaderDep
from bot.manage.cookie import PATH
from bot.manage.guides import INDEX, file_of_guides, guide
from bot.manage.people import Person
from bot.manage.templating import manage_page

HELP = "/help"
router = APIRouter(prefix=HELP)


@router.get("")
def index(request: Request, container: ContainerDep, person: ReaderDep) -> HTMLResponse:
    return _page(request, container, person, INDEX)


@router.get("/{name}")
def one(request: Request, container: ContainerDep, person: ReaderDep, name: str) -> HTMLResponse:
    return _page(request, container, person, name)


@router.get("/files/{name}")
def file(request: Request, container: ContainerDep, person: ReaderDep, name: str) -> Response:
    found = file_of_guides(container.settings.home, name)
    if found is None:
        return manage_page(request, container, "manage/missing.html", person, status=404)
    return FileResponse(found)


def _page(request: Request, container: Container, person: Person, name: str) -> HTMLResponse:
    found = guide(container.settings.home, name, PATH + HELP)
    if found is None:
        return manage_page(request, container, "manage/missing.html", person, status=404)
    is_index = name == INDEX
    return manage_page(
        request, container, "manage/help.html", person, guide=found, is_index=is_index
    )

"""The pages around the chat: start, sources, statements. All of them work without scripts."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from bot.api.authentication import Client, ContainerDep
from bot.api.problems import STATUS, problem_details
from bot.conversation.kill_switch import WHOM
from bot.errors import Refusal
from bot.web.phrases import phrases_module
from bot.web.source_reader import read_through
from bot.web.templating import STATIC, page

FOUND_AT_MOST = 8

# Any page may load the chat; the API alone says which pages it answers, so that the chat can tell
# the reader where it does not.
WIDGET_HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
static = StaticFiles(directory=STATIC)


@router.get("/widget/phrases.js")
async def phrases(container: ContainerDep) -> Response:
    """The widget's words, as a module of its own."""
    return Response(
        phrases_module(container.phrases), media_type="text/javascript", headers=WIDGET_HEADERS
    )


@router.get("/widget.js")
@router.get("/widget/{name}")
async def script(request: Request, name: str = "") -> Response:
    """A browser keeps these files and asks each time whether they have changed."""
    path = f"widget/{name}" if name else "widget.js"
    response = await static.get_response(path, request.scope)
    response.headers.update(WIDGET_HEADERS)
    return response


@router.get("/brand.css")
async def brand(container: ContainerDep) -> FileResponse:
    return FileResponse(
        container.settings.data_dir / "brand.css", headers={"Cache-Control": "no-cache"}
    )


@router.get("/")
async def start(request: Request, container: ContainerDep, flow: str = "") -> HTMLResponse:
    tasks = groupby(container.flows.values(), key=lambda each: each.task)
    return page(
        request,
        container,
        "start.html",
        off=container.kill_switch.reason,
        people=container.contacts.of(*WHOM),
        flow=container.flows.get(flow),
        tasks=[(task, list(members)) for task, members in tasks],
        documents=container.knowledge.library.documents.values(),
    )


@router.get("/chat")
async def chat(
    request: Request, container: ContainerDep, flow: str = "", mode: str = ""
) -> HTMLResponse:
    """The chat alone, for a frame on another site."""
    return page(request, container, "chat.html", flow=container.flows.get(flow), mode=mode)


@router.get("/sources")
async def sources(
    request: Request, container: ContainerDep, client: Client, q: str = ""
) -> HTMLResponse:
    """What was typed comes back as it was searched for: without personal data."""
    shown: dict[str, object] = {"documents": container.knowledge.library.documents.values()}
    status = 200
    if q.strip():
        try:
            found = await container.search.find(
                q, client=client, k=FOUND_AT_MOST, area=lambda: container.settings.area
            )
        except Refusal as refusal:
            status = STATUS[refusal.reason]
            shown["problem"] = problem_details(refusal, container.phrases)
        else:
            shown |= {"safety": found.safety, "found": found.findings}
    return page(request, container, "sources.html", status, **shown)


@router.get("/sources/{document_id}")
async def source(request: Request, container: ContainerDep, document_id: str) -> HTMLResponse:
    library = container.knowledge.library
    document = library.documents.get(document_id)
    if document is None:
        return page(request, container, "missing.html", 404)
    runs = read_through(library, document)
    return page(request, container, "source.html", document=document, runs=runs)


@router.get("/privacy")
async def privacy(request: Request, container: ContainerDep) -> HTMLResponse:
    settings = container.settings
    return page(
        request,
        container,
        "privacy.html",
        days=settings.retention_days,
        hours=settings.conversation_hours,
        asked_days=settings.asked_retention_days if settings.keep_asked else None,
    )


@router.get("/accessibility")
async def accessibility(request: Request, container: ContainerDep) -> HTMLResponse:
    return page(request, container, "accessibility.html")

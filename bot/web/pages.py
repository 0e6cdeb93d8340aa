"""The pages around the chat: start, sources, statements. All of them work without scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from itertools import groupby
from typing import Protocol

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import Client, ContainerDep
from bot.api.problems import STATUS, not_found, problem_headers, words_on_a_page
from bot.container import Container
from bot.conversation.kill_switch import WHOM
from bot.conversation.search import Screened, SourcesCompared, SourcesFound
from bot.errors import Refusal
from bot.flows import Flow, Flows
from bot.messages import ENGLISH
from bot.understanding.screening import LONGEST
from bot.web.languages import other_languages, spoken
from bot.web.marking import WordMarker
from bot.web.source_reader import contents, read_through
from bot.web.templating import page

FOUND_AT_MOST = 8

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
async def start(
    request: Request, container: ContainerDep, flow: str = "", language: str = ENGLISH
) -> HTMLResponse:
    return page(
        request,
        container,
        "start.html",
        200,
        **_in_language(container, language, {"flow": flow}),
        off=container.kill_switch.reason,
        people=container.contacts.of(*WHOM),
        flow=container.flows.get(flow),
        tasks=by_task(container.flows),
        documents=container.knowledge.library.documents.values(),
        longest=LONGEST,
    )


@router.get("/chat")
async def chat(
    request: Request,
    container: ContainerDep,
    flow: str = "",
    mode: str = "",
    language: str = ENGLISH,
) -> HTMLResponse:
    """The chat alone, for a frame on another site. A browser sends no cookie back from there, so
    that without scripts each conversation has a tab of its own."""
    flows = container.flows
    return page(
        request,
        container,
        "chat.html",
        200,
        **_in_language(container, language, {"flow": flow, "mode": mode}),
        flow=flows.get(flow),
        mode=mode,
        tasks=by_task(flows),
        longest=LONGEST,
        target="_blank",
    )


def _in_language(container: Container, code: str, asked: dict[str, str]) -> dict[str, object]:
    """What makes a page speak it."""
    speaks = spoken(container, code)
    return {
        "language": speaks,
        "phrases": speaks.phrases,
        "other_languages": list(other_languages(container, speaks.code, asked)),
    }


def by_task(flows: Flows) -> list[tuple[str, list[Flow]]]:
    """The flows under the headings of the menu."""
    grouped = groupby(flows.values(), key=lambda each: each.task)
    return [(task, list(members)) for task, members in grouped]


@router.get("/sources")
async def sources(
    request: Request, container: ContainerDep, client: Client, q: str = ""
) -> HTMLResponse:
    """What was typed comes back as it was searched for: without personal data."""
    look = partial(container.search.find_in_sources, k=FOUND_AT_MOST)
    documents = container.knowledge.library.documents.values()
    return await _looked(request, container, client, q, look, "sources.html", documents=documents)


@router.get("/sources/compare")
async def compare(
    request: Request, container: ContainerDep, client: Client, q: str = ""
) -> HTMLResponse:
    """What every document says nearest to a topic, side by side."""
    return await _looked(request, container, client, q, container.search.compare, "compare.html")


class Looks(Protocol):
    """A way to look in the sources, as `ScreenedSearch` has it."""

    def __call__(
        self, typed: str, *, client: str, area: Callable[[], str | None]
    ) -> Awaitable[Screened[SourcesFound] | Screened[SourcesCompared]]: ...


async def _looked(
    request: Request,
    container: Container,
    client: str,
    q: str,
    look: Looks,
    template: str,
    **shown: object,
) -> HTMLResponse:
    """What is found, or why nothing is; a form alone where nothing was asked."""
    if not q.strip():
        return page(request, container, template, 200, **shown)
    try:
        looked = await look(q, client=client, area=lambda: container.settings.area)
    except Refusal as refusal:
        title, detail = words_on_a_page(refusal, container.phrases)
        shown["problem"] = {"title": title, "detail": detail}
        response = page(request, container, template, STATUS[refusal.reason], **shown)
        response.headers.update(problem_headers(refusal))
        return response
    found = looked.found
    mark = WordMarker(container.knowledge.words, found.searched) if found else None
    shown |= {"found": found, "mark": mark, "safety": looked.safety}
    return page(request, container, template, 200, **shown)


@router.get("/sources/{document_id}")
async def source(request: Request, container: ContainerDep, document_id: str) -> HTMLResponse:
    library = container.knowledge.library
    document = library.documents.get(document_id)
    if document is None:
        raise not_found()
    runs = read_through(library, document)
    return page(
        request, container, "source.html", document=document, runs=runs, contents=contents(runs)
    )


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

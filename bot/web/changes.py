"""What changed in the content, for those who use the assistant: when and what, never by whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile, groupby

import structlog
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.operations.edition_changes import edition_changes, titles_of
from bot.web.templating import page
from bot.web.told_words import ToldDifference
from knowledge.editions import Edition, Editions
from knowledge.errors import ContentError
from knowledge.library import Library

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
log = structlog.get_logger()


@dataclass(frozen=True)
class PublishedChange:
    """`told`: what whoever reads the answers is told of it; empty where they meet none of it, and
    None where it cannot be read what it changed."""

    edition: Edition
    told: list[ToldDifference] | None


@router.get("/changes")
async def changes(request: Request, container: ContainerDep) -> HTMLResponse:
    found = await run_sync(published, container)
    months = groupby(found, key=lambda each: _month(each.edition))
    return page(
        request,
        container,
        "changes.html",
        months=[(month, list(all_)) for month, all_ in months],
        there=set(container.knowledge.library.documents),
    )


def published(container: Container) -> list[PublishedChange]:
    """The newest first, beginning with what this server answers from."""
    editions, now = container.editions, container.edition
    library = container.knowledge.library
    try:
        known = list(dropwhile(lambda each: each.id != now.id, editions.history()))
    except ContentError as unreadable:
        log.error("editions.unreadable", error=str(unreadable))
        known = []
    return [PublishedChange(each, _told(editions, each.id, library)) for each in known or [now]]


def _told(editions: Editions, edition_id: str, library: Library) -> list[ToldDifference] | None:
    """One edition that cannot be read hides no other."""
    try:
        found = edition_changes(editions, edition_id, titles_of(library))
        return [ToldDifference.of(each, library) for each in found if each.told]
    except ContentError as unreadable:
        log.error("editions.unreadable", edition=edition_id, error=str(unreadable))
        return None


def _month(edition: Edition) -> str | None:
    """None for what came with the assistant."""
    return f"{edition.day:%B %Y}" if edition.day else None

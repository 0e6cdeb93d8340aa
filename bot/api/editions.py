"""The editions of the content: when each was published, and what it changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import structlog
from anyio.to_thread import run_sync
from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.api.authentication import ContainerDep
from knowledge.errors import ContentError

router = APIRouter(tags=["knowledge"])
log = structlog.get_logger()


class EditionSummary(BaseModel):
    """`id` is what `answer` and `outcome` name as their `edition`."""

    id: str
    published_at: datetime
    changes: Annotated[str, Field(description="What it changed, in one line.")]
    live: Annotated[bool, Field(description="Whether it is what this server answers from.")]


@router.get("/editions")
async def list_editions(container: ContainerDep) -> list[EditionSummary]:
    """The newest first."""
    try:
        history = await run_sync(container.editions.history)
    except ContentError as unreadable:
        log.error("editions.unreadable", error=str(unreadable))
        history = (container.edition,)
    return [
        EditionSummary(
            id=each.id,
            published_at=each.published_at,
            changes=each.summary,
            live=each.id == container.edition.id,
        )
        for each in history
    ]

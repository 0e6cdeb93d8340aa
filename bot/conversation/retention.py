"""Removes conversations that nobody has used for the configured number of days."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import structlog
from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.rasa_client import RasaUnavailable
from bot.conversation.store import ConversationStore
from bot.conversation.turns import Turns
from bot.errors import Refusal
from bot.storage.engine import in_database

log = structlog.get_logger()

EVERY_S = 3600.0

Expiry = Callable[[], int]
"""Forgets learners who have stayed away too long; how many."""


async def sweep(conversations: ConversationStore, turns: Turns, days: int) -> int:
    """Removes what is older than `days`, Rasa's memory first; returns how many.

    What Rasa could not be told stays for the next sweep, so that nothing is left behind.
    """
    removed = 0
    for conversation_id in await in_database(conversations.unseen_since, days):
        try:
            await turns.forget(conversation_id)
        except (RasaUnavailable, Refusal):
            break
        removed += 1
    return removed


@asynccontextmanager
async def sweeping(
    conversations: ConversationStore, turns: Turns, days: int, learners: Expiry
) -> AsyncIterator[None]:
    """Sweeps at once and then every hour, for as long as the context lasts."""
    task = asyncio.create_task(_sweep_for_ever(conversations, turns, days, learners))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _sweep_for_ever(
    conversations: ConversationStore, turns: Turns, days: int, learners: Expiry
) -> None:
    while True:
        try:
            removed = await sweep(conversations, turns, days)
            forgotten = await run_sync(learners)
        except SQLAlchemyError:
            log.error("retention.failed", exc_info=True)
        else:
            log.info("retention.swept", removed=removed, learners=forgotten)
        await asyncio.sleep(EVERY_S)

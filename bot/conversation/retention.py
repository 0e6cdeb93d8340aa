"""Removes conversations that nobody has used for the configured number of days."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.rasa_client import RasaUnavailable
from bot.conversation.store import ConversationStore
from bot.conversation.turns import Turns
from bot.errors import Refusal
from bot.storage.engine import in_database

log = structlog.get_logger()

EVERY_S = 3600.0

Expiry = Callable[[], int]
"""Removes what has been kept too long, such as learners who stay away; how many."""


async def sweep(conversations: ConversationStore, turns: Turns, days: int) -> int:
    """Removes what is older than `days`, Rasa's memory first; returns how many.

    What Rasa could not be told stays for the next sweep, so that nothing is left behind. One that
    cannot be removed does not keep the others. Raises SQLAlchemyError when the database fails.
    """
    removed = 0
    for conversation_id in await in_database(conversations.unseen_since, days):
        try:
            await turns.forget(conversation_id)
        except RasaUnavailable:
            break
        except SQLAlchemyError:
            raise
        except Refusal:
            log.info("retention.in_use")
        except Exception:
            log.error("retention.conversation_failed", exc_info=True)
        else:
            removed += 1
    return removed


@asynccontextmanager
async def sweeping(
    conversations: ConversationStore, turns: Turns, days: int, others: Mapping[str, Expiry]
) -> AsyncIterator[None]:
    """Sweeps at once and then every hour, for as long as the context lasts. `others`: what else
    is removed in time, by its name in the log."""
    task = asyncio.create_task(_sweep_for_ever(conversations, turns, days, others))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _sweep_for_ever(
    conversations: ConversationStore, turns: Turns, days: int, others: Mapping[str, Expiry]
) -> None:
    while True:
        await _part("conversations", sweep(conversations, turns, days))
        for name, expire in others.items():
            await _part(name, in_database(expire))
        await asyncio.sleep(EVERY_S)


async def _part(name: str, work: Coroutine[None, None, int]) -> None:
    """Logs how many were removed, or that it failed: no error ends the job, or the other part."""
    try:
        removed = await work
    except Exception:
        log.error("retention.failed", part=name, exc_info=True)
    else:
        log.info("retention.swept", part=name, removed=removed)

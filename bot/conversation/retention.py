"""Removes conversations that nobody has used for the configured number of days, and what Rasa still
remembers of any that is gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.forgetting import Forgetting
from bot.conversation.rasa_client import RasaChannel, RasaUnavailable
from bot.conversation.store import ConversationStore
from bot.errors import Refusal
from bot.storage.engine import alone, in_database
from bot.storage.rasa_memory import RasaMemory

log = structlog.get_logger()

EVERY_S = 3600.0

ORPHANED_AFTER_S = 24 * 3600.0
"""Rasa may write what it was told of a conversation a moment after that was removed. What is a day
old belongs to no turn under way, and is not somebody's first one."""

Job = Callable[[], Awaitable[int]]
"""Removes what has been kept too long, such as learners who stay away; how many."""


async def sweep(conversations: ConversationStore, forgetting: Forgetting, days: int) -> int:
    """Removes what is older than `days`, Rasa's memory first; returns how many.

    What Rasa could not be told stays for the next sweep, so that nothing is left behind. One that
    cannot be removed does not keep the others. Raises SQLAlchemyError when the database fails.
    """
    removed = 0
    for conversation_id in await in_database(conversations.unseen_since, days):
        try:
            await forgetting.remove(conversation_id, conversations.forget)
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


async def sweep_orphans(
    conversations: ConversationStore, memory: RasaMemory, rasa: RasaChannel
) -> int:
    """Removes what Rasa remembers of conversations that are gone; returns how many.

    Raises SQLAlchemyError, and RasaUnavailable.
    """
    old = await in_database(memory.unchanged_for, ORPHANED_AFTER_S)
    known = await in_database(conversations.known_among, old)
    orphans = [each for each in old if each not in known]
    for each in orphans:
        await rasa.forget(each)
    return len(orphans)


@asynccontextmanager
async def sweeping(engine: Engine, jobs: Mapping[str, Job]) -> AsyncIterator[None]:
    """Does the jobs at once and then every hour, for as long as the context lasts; each is called
    so in the log. Of several servers of the database one does them at a time."""
    task = asyncio.create_task(_every_hour(engine, jobs))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _every_hour(engine: Engine, jobs: Mapping[str, Job]) -> None:
    while True:
        try:
            async with alone(engine, "retention") as is_ours:
                for name, job in jobs.items() if is_ours else ():
                    await _do(name, job)
        except SQLAlchemyError:
            log.error("retention.failed", part="lock", exc_info=True)
        await asyncio.sleep(EVERY_S)


async def _do(name: str, job: Job) -> None:
    """Logs how many were removed, or that it failed: no error ends the jobs, or another of them."""
    try:
        removed = await job()
    except Exception:
        log.error("retention.failed", part=name, exc_info=True)
    else:
        log.info("retention.swept", part=name, removed=removed)

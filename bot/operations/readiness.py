"""Whether each part of the assistant answers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path
from tempfile import TemporaryFile

import httpx
import structlog
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy import Engine, Table, delete, false

from bot.conversation.rasa_client import RasaClient
from bot.operations import metrics
from bot.rasa.secret import HEADER
from bot.settings import Settings
from bot.storage.rasa_memory import RasaMemory
from bot.storage.tables import ended_sessions, learner_results, learners
from bot.storage.upgrade import is_up_to_date
from knowledge import Knowledge

Probe = Callable[[], Awaitable[bool]]
WAITS_S = 2.0
BLOCK = bytes(4096)
"""What a probe of the disk writes: a block of the usual file systems, for which a full one has no
room, though it may still make empty files."""
NO_ANSWER = "no answer"
INDEX = "index"

log = structlog.get_logger()


class Readiness:
    """Asks every probe anew each time; logs where the state of a part has changed."""

    def __init__(self, probes: Mapping[str, Probe]) -> None:
        self._probes = dict(probes)
        self._failing: dict[str, str] = {}

    async def missing(self, among: Collection[str] | None = None) -> list[str]:
        """The names of the parts that do not answer, of all or of those that are named."""
        asked = [name for name in self._probes if among is None or name in among]
        found = await asyncio.gather(*(_failure(self._probes[name]) for name in asked))
        failing = {name: why for name, why in zip(asked, found, strict=True) if why}
        for name in asked:
            metrics.part_ready.labels(name).set(name not in failing)
        self._log_changes(failing)
        return list(failing)

    def exchange(self, name: str, probe: Probe) -> None:
        """From now on `probe` is asked in the place of the one of that name, if there is one."""
        if name in self._probes:
            self._probes[name] = probe

    def _log_changes(self, failing: dict[str, str]) -> None:
        for name, why in failing.items():
            if self._failing.get(name) != why:
                log.warning("readiness.failed", part=name, error=why)
        for name in self._failing.keys() - failing.keys():
            log.info("readiness.answers_again", part=name)
        self._failing = failing


async def _failure(probe: Probe) -> str | None:
    """The type of the error, whose text may hold an address or a name; None when all is well."""
    try:
        async with asyncio.timeout(WAITS_S):
            return None if await probe() else NO_ANSWER
    except Exception as error:
        return type(error).__name__


def in_a_thread(ask: Callable[[], bool]) -> Probe:
    """A probe that may block. One that hangs is not waited for, and holds up no other."""
    limiter = CapacityLimiter(1)

    async def probe() -> bool:
        return await run_sync(ask, abandon_on_cancel=True, limiter=limiter)

    return probe


def writes_to(folder: Path) -> bool:
    """Whether a block can be written there. Raises OSError when the disk is full or read-only."""
    with TemporaryFile(dir=folder) as file:
        file.write(BLOCK)
        file.flush()
        os.fsync(file.fileno())
    return True


def keeps(engine: Engine, *tables: Table) -> Callable[[], bool]:
    """Asks whether rows of the tables can be removed, which removes none.

    It raises SQLAlchemyError for a database that cannot be reached or only read, and for a table
    that is missing or locked.
    """

    def ask() -> bool:
        with engine.begin() as connection:
            for each in tables:
                connection.execute(delete(each).where(false()))
        return True

    return ask


def searches(knowledge: Knowledge) -> Probe:
    """Whether its index answers."""
    return in_a_thread(lambda: bool(knowledge.search("ready", 1).hits))


def probes(
    settings: Settings,
    engine: Engine,
    memory: RasaMemory,
    knowledge: Knowledge,
    rasa_client: RasaClient,
    secret: str,
) -> dict[str, Probe]:
    """Of every part but the tables of conversations, whose store is made with the gateway."""

    encode = knowledge.encoder.encode

    def encoder() -> bool:
        return len(encode(["ready"])) == 1

    async def actions() -> bool:
        async with httpx.AsyncClient(trust_env=False) as client:
            reply = await client.get(f"{settings.actions_address}/health", headers={HEADER: secret})
        return reply.is_success

    found: dict[str, Probe] = {
        INDEX: searches(knowledge),
        "encoder": in_a_thread(encoder),
        "rasa": rasa_client.answers,
        "actions": actions,
        "disk": in_a_thread(lambda: writes_to(settings.state_dir)),
        "database_version": in_a_thread(lambda: is_up_to_date(engine)),
        "rasa_memory": in_a_thread(memory.answers),
        "induction": in_a_thread(keeps(engine, learners, learner_results)),
    }
    if settings.oidc_issuer:
        found["sign_in"] = in_a_thread(keeps(engine, ended_sessions))
    return found

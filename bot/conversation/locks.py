"""One turn of a conversation at a time, over all servers of one database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from weakref import WeakValueDictionary

from anyio import CapacityLimiter
from sqlalchemy import Connection, Engine, func, literal, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.errors import Refusal
from bot.storage.engine import in_database, or_closed

TURN_WAITS_S = 1.5
"""For how long a turn waits for the one before it."""
ONE_WAIT_S = 2.0
"""Whoever waits longer asks the database again, which gives an answer within three seconds."""
LOCK_NOT_AVAILABLE = "55P03"
"""Postgres' code for a lock that was waited for in vain."""


@dataclass(frozen=True)
class TurnLock:
    """`connection`: in whose transaction it is held; None where no other server can take a turn."""

    connection: Connection | None = None

    async def check(self) -> None:
        """Raises SQLAlchemyError where it is held no more, so that another turn may have begun: the
        connection was lost, or the database took this server for dead."""
        if self.connection is not None:
            await in_database(self.connection.execute, select(1))


class ConversationLocks:
    """In this process, and with Postgres in all that share the database.

    There it is an advisory lock, which ends with its transaction: a server that dies or hangs
    holds up nobody for long. SQLite belongs to one process.
    """

    def __init__(self, engine: Engine, at_once: int) -> None:
        """`at_once`: connections that hold a lock at a time. Others are left for what is read and
        kept meanwhile."""
        self._shared = engine if engine.dialect.name == "postgresql" else None
        self._places = asyncio.Semaphore(at_once)
        # Threads of their own: a database that hangs must not hold up the reading for danger.
        # As many again wait in vain for a connection.
        self._threads = CapacityLimiter(2 * at_once)
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def alone(
        self, conversation_id: str, waits_s: float = TURN_WAITS_S, place_waits_s: float = 0.0
    ) -> AsyncIterator[TurnLock]:
        """Waits `waits_s` for the turn under way, and before that `place_waits_s`, or as long, for
        a connection to spare.

        Raises a Refusal where either does not come in time, and SQLAlchemyError.
        """
        lock = self._here.setdefault(conversation_id, asyncio.Lock())
        try:
            await asyncio.wait_for(lock.acquire(), waits_s)
        except TimeoutError:
            raise turn_under_way() from None
        try:
            if self._shared is None:
                yield TurnLock()
                return
            async with self._place(max(waits_s, place_waits_s)):
                connection = await self._held(self._shared, conversation_id, waits_s)
                try:
                    yield TurnLock(connection)
                finally:
                    with suppress(SQLAlchemyError):
                        await in_database(connection.close)
        finally:
            lock.release()

    @asynccontextmanager
    async def _place(self, waits_s: float) -> AsyncIterator[None]:
        try:
            await asyncio.wait_for(self._places.acquire(), waits_s)
        except TimeoutError:
            raise Refusal("too-many-at-once", retry_after_s=5) from None
        try:
            yield
        finally:
            self._places.release()

    async def _held(self, engine: Engine, conversation_id: str, waits_s: float) -> Connection:
        ends_at = asyncio.get_running_loop().time() + waits_s
        while (left_s := ends_at - asyncio.get_running_loop().time()) > 0:
            one_wait_s = min(left_s, ONE_WAIT_S)
            held = await or_closed(
                _take, engine, conversation_id, one_wait_s, limiter=self._threads
            )
            if held:
                return held
        raise turn_under_way()


def _take(engine: Engine, conversation_id: str, waits_s: float) -> Connection | None:
    """The connection whose transaction holds the lock; None where somebody else's does."""
    connection = engine.connect()
    try:
        timeout = func.set_config("lock_timeout", f"{max(1, int(1000 * waits_s))}ms", True)
        connection.execute(select(timeout))
        number = func.hashtextextended(literal(conversation_id), text("0"))
        connection.execute(select(func.pg_advisory_xact_lock(number)))
    except BaseException as error:
        connection.close()
        if isinstance(error, OperationalError) and _is_held_elsewhere(error):
            return None
        raise
    return connection


def _is_held_elsewhere(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE


def turn_under_way() -> Refusal:
    return Refusal("turn-under-way", retry_after_s=2)

"""The way to the database: SQLite by default, and Postgres where one is named."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoAnswer
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from bot.errors import UserFacingError
from bot.operations import metrics
from bot.storage.upgrade import upgrade

T = TypeVar("T")


class Closable(Protocol):
    def close(self) -> None: ...


Opened = TypeVar("Opened", bound=Closable | None)

ANSWERS_WITHIN_S = 3.0
"""A turn may take ten seconds. A database that hangs must not take them all."""
CONNECTS_WITHIN = {"connect_timeout": 3, "tcp_user_timeout": 5000}
"""Seconds, and milliseconds, in libpq's own terms. What the address says itself counts more."""
GIVES_UP_WITHIN = (
    "SET statement_timeout = '5s'",
    "SET lock_timeout = '5s'",
    # A turn holds its lock in a transaction for thirteen seconds at most. A server that hangs for
    # longer must not keep the next turn out.
    "SET idle_in_transaction_session_timeout = '20s'",
)
CONNECTIONS = 20
"""To Postgres, of one process. Postgres itself allows a hundred, if nobody sets another number."""
# While another process makes a new file, SQLite refuses to change its journal, and does not wait.
TRY_AGAIN = Retrying(
    retry=retry_if_exception_type(sqlite3.OperationalError),
    wait=wait_fixed(0.05),
    stop=stop_after_delay(5),
    reraise=True,
)


class DatabaseUnusable(UserFacingError):
    """It cannot be reached, read or brought up to date. Its cause is what SQLAlchemy raised."""

    def __init__(self, engine: Engine, error: SQLAlchemyError) -> None:
        why = str(getattr(error, "orig", None) or type(error).__name__).strip().partition("\n")[0]
        super().__init__(f"The database {shown(engine)} cannot be used: {why}\n{_advice(engine)}")


def shown(engine: Engine) -> str:
    """Its address, without a password."""
    return engine.url.set(query={}).render_as_string(hide_password=True)


@contextmanager
def usable(engine: Engine) -> Iterator[None]:
    """What fails within is raised as DatabaseUnusable."""
    try:
        yield
    except SQLAlchemyError as error:
        raise DatabaseUnusable(engine, error) from error


def _advice(engine: Engine) -> str:
    if engine.dialect.name == "postgresql":
        return (
            "Look whether it runs, and whether FP_DATABASE_URL names it with an account that may"
            " read, write and, at an upgrade, make tables. Then try again."
        )
    return (
        "Look whether the account that runs the assistant may write there, and whether the disk has"
        " room. If the file is damaged, put it back from a backup; or move it away to begin"
        " without what it held."
    )


def open_store(url: str, connections: int = CONNECTIONS) -> Engine:
    """The database, with every table as `tables` has it, and so many `connections` to Postgres at
    most.

    Raises DatabaseUnusable, and UnknownVersion when a newer assistant, or another program, has
    changed it.
    """
    engine = connected(url, connections)
    try:
        with usable(engine):
            upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def connected(url: str, connections: int = CONNECTIONS, *, makes_folder: bool = True) -> Engine:
    """An engine whose every use ends in time. Nothing is created but a folder for SQLite."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    elif address.database and makes_folder:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    is_postgres = address.get_backend_name() == "postgresql"
    own = {name: value for name, value in CONNECTS_WITHIN.items() if name not in address.query}
    pool: dict[str, Any] = {"pool_timeout": ANSWERS_WITHIN_S}
    if is_postgres:
        pool |= {"pool_size": connections, "max_overflow": 0, "pool_pre_ping": True}
    # Parameters may hold what a person said; they stay out of every error.
    engine = create_engine(
        address, hide_parameters=True, connect_args=own if is_postgres else {}, **pool
    )
    event.listen(engine, "connect", _prepare_postgres if is_postgres else _prepare_sqlite)
    return engine


async def in_database(work: Callable[..., T], *arguments: object) -> T:
    """What `work` gives, from a thread. Raises SQLAlchemyError, also where no answer comes.

    What hangs is left to itself: it ends with its connection.
    """
    try:
        with metrics.database_seconds.time():
            async with asyncio.timeout(ANSWERS_WITHIN_S):
                return await run_sync(work, *arguments, abandon_on_cancel=True)
    except TimeoutError:
        metrics.database_failures.inc()
        raise _no_answer() from None
    except OperationalError:
        metrics.database_failures.inc()
        raise


async def or_closed(
    opens: Callable[..., Opened], *arguments: object, limiter: CapacityLimiter | None = None
) -> Opened:
    """The same for work that gives what has to be closed again: what comes too late is closed.

    A thread that hangs goes on counting for `limiter`, which should not be that of other work.
    """
    opening = asyncio.ensure_future(run_sync(opens, *arguments, limiter=limiter))
    try:
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            return await asyncio.shield(opening)
    except TimeoutError:
        raise _no_answer() from None
    finally:
        if not opening.done():
            opening.add_done_callback(_close)


@asynccontextmanager
async def alone(engine: Engine, work: str) -> AsyncIterator[bool]:
    """Whether this process alone does that work, of all that share the database: with Postgres by
    an advisory lock, which the database lets go when the process ends.

    Raises SQLAlchemyError where the lock cannot be asked for.
    """
    if engine.dialect.name != "postgresql":
        yield True
        return
    connection = await or_closed(_session, engine)
    try:
        # Locks are the database's, and other partnerships may have schemas in it.
        name = func.concat(func.current_schema(), f" first-principles {work}")
        lock = func.pg_try_advisory_lock(func.hashtext(name))
        yield bool(await in_database(connection.scalar, select(lock)))
    finally:
        # The lock is the session's, and a connection of the pool would keep it.
        with suppress(SQLAlchemyError):
            await in_database(_end_session, connection)


def _session(engine: Engine) -> Connection:
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def _end_session(connection: Connection) -> None:
    connection.invalidate()
    connection.close()


def _no_answer() -> NoAnswer:
    return NoAnswer(f"no answer within {ANSWERS_WITHIN_S:.0f} s")


def _close(opening: asyncio.Future[Any]) -> None:
    if not opening.cancelled() and opening.exception() is None and (opened := opening.result()):
        # It may wait for the network.
        asyncio.get_running_loop().run_in_executor(None, opened.close)


def empty_journal(engine: Engine) -> None:
    """SQLite's journal still holds what was deleted from the file; after this it is empty."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepare_postgres(connection: Any, _: object) -> None:
    for setting in GIVES_UP_WITHIN:
        connection.execute(setting)
    connection.commit()


def _prepare_sqlite(connection: Any, _: object) -> None:
    """WAL: readers never wait. `secure_delete`: what is deleted is overwritten."""
    TRY_AGAIN(connection.execute, "PRAGMA journal_mode=WAL")
    for pragma in (
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=5000",
    ):
        connection.execute(f"PRAGMA {pragma}")

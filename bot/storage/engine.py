"""The way to the database: SQLite by default, and Postgres where one is named."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from anyio.to_thread import run_sync
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import TimeoutError as NoAnswer
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from bot.storage.upgrade import upgrade

T = TypeVar("T")

ANSWERS_WITHIN_S = 3.0
"""A turn may take ten seconds. A database that hangs must not take them all."""
CONNECTS_WITHIN = {"connect_timeout": 3, "tcp_user_timeout": 5000}
"""Seconds, and milliseconds, in libpq's own terms. What the address says itself counts more."""
GIVES_UP_WITHIN = ("SET statement_timeout = '5s'", "SET lock_timeout = '5s'")
# While another process makes a new file, SQLite refuses to change its journal, and does not wait.
TRY_AGAIN = Retrying(
    retry=retry_if_exception_type(sqlite3.OperationalError),
    wait=wait_fixed(0.05),
    stop=stop_after_delay(5),
    reraise=True,
)


def open_store(url: str) -> Engine:
    """The database, with every table as `tables` has it.

    Raises SQLAlchemyError when it cannot be reached, and UnknownVersion when a newer assistant,
    or another program, has changed it.
    """
    engine = connected(url)
    try:
        upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def connected(url: str) -> Engine:
    """An engine whose every use ends in time. Nothing is created but a folder for SQLite."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    elif address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    is_postgres = address.get_backend_name() == "postgresql"
    own = {name: value for name, value in CONNECTS_WITHIN.items() if name not in address.query}
    # Parameters may hold what a person said; they stay out of every error.
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=is_postgres,
        connect_args=own if is_postgres else {},
        pool_timeout=ANSWERS_WITHIN_S,
    )
    event.listen(engine, "connect", _prepare_postgres if is_postgres else _prepare_sqlite)
    return engine


async def in_database(work: Callable[..., T], *arguments: object) -> T:
    """What `work` gives, from a thread. Raises SQLAlchemyError, also where no answer comes.

    What hangs is left to itself: it ends with its connection.
    """
    try:
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            return await run_sync(work, *arguments, abandon_on_cancel=True)
    except TimeoutError:
        raise NoAnswer(f"no answer within {ANSWERS_WITHIN_S:.0f} s") from None


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

"""The gateway's tables, in SQLite by default and in Postgres where one is named."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from anyio.to_thread import run_sync
from sqlalchemy import (
    Column,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    exists,
    inspect,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import TimeoutError as NoAnswer

T = TypeVar("T")

ANSWERS_WITHIN_S = 3.0
"""A turn may take ten seconds. A database that hangs must not take them all."""
CONNECTS_WITHIN = {"connect_timeout": 3, "tcp_user_timeout": 5000}
"""Seconds, and milliseconds, in libpq's own terms. What the address says itself counts more."""
GIVES_UP_WITHIN = ("SET statement_timeout = '5s'", "SET lock_timeout = '5s'")

metadata = MetaData()


def _own() -> Column[str]:
    return Column(
        "conversation_id",
        String(40),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
    )


conversations = Table(
    "conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("area", String(80)),
    Column("mode", String(20), nullable=False),
    Column("expires_at", Integer, nullable=False),
    Column("seen_at", Integer, nullable=False, index=True),
    Column("turns", Integer, nullable=False),
    Column("held", Text, comment="redacted text that a safety message held back"),
    Column(
        "stop", Integer, nullable=False, comment="the turn that wants the open flow stopped, or 0"
    ),
)
turns = Table(
    "turns",
    metadata,
    _own(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("said", Text, comment="redacted"),
    Column("choice", String(200)),
    Column("messages", Text, nullable=False, comment="JSON, as the contract has them"),
    Column("offers", Text, nullable=False, comment="choice ids on offer, one a line"),
    Column("key_hash", String(64)),
    Column("at", Integer, nullable=False),
)
one_turn_a_key = Index("one_turn_a_key", turns.c.conversation_id, turns.c.key_hash, unique=True)
feedback = Table(
    "feedback",
    metadata,
    _own(),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("rating", String(20), nullable=False),
    Column("reason", String(40)),
    Column("at", Integer, nullable=False),
)


def open_store(url: str) -> Engine:
    """Creates what is missing. Raises SQLAlchemyError when the database cannot be reached."""
    engine = connected(url)
    metadata.create_all(engine)
    _keep_one_turn_a_key(engine)
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


def _keep_one_turn_a_key(engine: Engine) -> None:
    """For a database from before the index: of turns with one key the first keeps it."""
    if one_turn_a_key.name in {each["name"] for each in inspect(engine).get_indexes(turns.name)}:
        return
    older = turns.alias()
    earlier = exists().where(
        older.c.conversation_id == turns.c.conversation_id,
        older.c.key_hash == turns.c.key_hash,
        older.c.number < turns.c.number,
    )
    with engine.begin() as connection:
        connection.execute(update(turns).where(earlier).values(key_hash=None))
    one_turn_a_key.create(engine, checkfirst=True)


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
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=5000",
    ):
        connection.execute(f"PRAGMA {pragma}")

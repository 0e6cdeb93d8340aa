"""One turn of a conversation at a time: in one process, and over two servers of one Postgres."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.locks import ConversationLocks
from bot.errors import Refusal
from bot.storage.engine import alone, connected
from tests.needs import schema_of_ones_own

SHORT_S = 0.05
LONG_S = 20.0


@pytest.fixture
def engines() -> Iterator[tuple[Engine, Engine]]:
    """Two servers' ways to one database."""
    with schema_of_ones_own() as url:
        name = url.render_as_string(hide_password=False)
        one, other = connected(name), connected(name)
        yield one, other
        one.dispose()
        other.dispose()


async def is_free(locks: ConversationLocks, conversation: str, waits_s: float = SHORT_S) -> bool:
    try:
        async with locks.alone(conversation, waits_s):
            return True
    except Refusal as refusal:
        if refusal.reason != "turn-under-way":
            raise
        return False


def test_a_second_turn_waits_and_is_told_so(tmp_path: Path) -> None:
    async def check() -> None:
        locks = ConversationLocks(connected(f"sqlite:///{tmp_path / 'x.db'}"), at_once=1)
        async with locks.alone("a") as lock:
            await lock.check()
            assert not await is_free(locks, "a")
            assert await is_free(locks, "b")
        assert await is_free(locks, "a")

    asyncio.run(check())


def test_at_another_server_it_waits_too(engines: tuple[Engine, Engine]) -> None:
    async def check() -> None:
        one, other = (ConversationLocks(engine, at_once=2) for engine in engines)
        conversation = uuid.uuid4().hex
        async with one.alone(conversation):
            assert not await is_free(other, conversation)
            assert await is_free(other, uuid.uuid4().hex, LONG_S)
            waiting = asyncio.create_task(is_free(other, conversation, LONG_S))
            await asyncio.sleep(SHORT_S)
        assert await waiting

    asyncio.run(check())


def test_a_lock_that_the_database_took_back_is_noticed(engines: tuple[Engine, Engine]) -> None:
    """As when it was started anew, or thought that this server was dead."""

    async def check() -> None:
        one, other = (ConversationLocks(engine, at_once=1) for engine in engines)
        conversation = uuid.uuid4().hex
        async with one.alone(conversation) as lock:
            await lock.check()
            assert lock.connection
            with engines[1].begin() as admin:
                pid = lock.connection.scalar(text("SELECT pg_backend_pid()"))
                admin.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
            assert await is_free(other, conversation, LONG_S)
            with pytest.raises(SQLAlchemyError):
                await lock.check()
        assert await is_free(one, conversation, LONG_S)

    asyncio.run(check())


def test_there_are_only_so_many_at_once(engines: tuple[Engine, Engine]) -> None:
    async def check() -> None:
        locks = ConversationLocks(engines[0], at_once=1)
        async with locks.alone(uuid.uuid4().hex):
            with pytest.raises(Refusal) as refused:
                async with locks.alone(uuid.uuid4().hex, SHORT_S):
                    pass
            assert refused.value.reason == "too-many-at-once"
            patient = locks.alone(uuid.uuid4().hex, SHORT_S, place_waits_s=LONG_S)
            waiting = asyncio.create_task(patient.__aenter__())
            await asyncio.sleep(SHORT_S)
        assert await waiting
        await patient.__aexit__(None, None, None)

    asyncio.run(check())


def test_of_two_servers_one_sweeps_at_a_time(engines: tuple[Engine, Engine]) -> None:
    work = uuid.uuid4().hex

    async def check() -> None:
        async with alone(engines[0], work) as ours, alone(engines[1], work) as theirs:
            assert (ours, theirs) == (True, False)
        async with alone(engines[1], work) as theirs:
            assert theirs

    asyncio.run(check())

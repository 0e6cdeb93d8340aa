"""The retention job outlives every error, and one half of it the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import cast

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.conversation import retention
from bot.conversation.forgetting import Forgetting
from bot.conversation.rasa_client import RasaUnavailable
from bot.conversation.store import ConversationStore
from bot.errors import Refusal
from bot.storage.engine import in_database

DATABASE_DOWN = OperationalError("SELECT", {}, Exception("down"))


class Kept:
    """Stands in for the store and the turns: which conversations there are, and what happens."""

    def __init__(self, fails: dict[str, Exception], lists: Exception | None = None) -> None:
        self.fails = fails
        self.lists = lists
        self.forgotten: list[str] = []

    def unseen_since(self, days: int) -> list[str]:
        if self.lists:
            raise self.lists
        return ["one", "two", "three"]

    def forget(self, conversation_id: str) -> None:
        raise AssertionError("Rasa is told first")

    async def remove(self, conversation_id: str, remove: Callable[[str], None]) -> None:
        assert remove == self.forget
        if error := self.fails.get(conversation_id):
            raise error
        self.forgotten.append(conversation_id)

    async def sweep(self) -> int:
        return await retention.sweep(cast(ConversationStore, self), cast(Forgetting, self), days=1)


@pytest.mark.parametrize("error", [KeyError("bug"), Refusal("turn-under-way")])
def test_one_that_cannot_be_removed_keeps_no_other(error: Exception) -> None:
    kept = Kept({"one": error})
    assert asyncio.run(kept.sweep()) == 2
    assert kept.forgotten == ["two", "three"]


def test_where_rasa_does_not_answer_nothing_more_is_asked() -> None:
    kept = Kept({"two": RasaUnavailable()})
    assert asyncio.run(kept.sweep()) == 1
    assert kept.forgotten == ["one"]


@pytest.mark.parametrize("error", [DATABASE_DOWN, RuntimeError("bug"), OSError("disk")])
def test_no_error_ends_the_job_or_keeps_the_learners(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "EVERY_S", 0)
    with capture_logs() as logged:
        asyncio.run(until_swept_thrice(error))
    failed = [line["part"] for line in logged if line["event"] == "retention.failed"]
    assert failed[:4] == ["conversations", "learners"] * 2


async def until_swept_thrice(error: Exception) -> None:
    """With an error in either half each time."""
    kept, loop, over = Kept({}, lists=error), asyncio.get_running_loop(), asyncio.Event()
    counted: list[int] = []

    def expire() -> int:
        counted.append(1)
        if len(counted) == 3:
            loop.call_soon_threadsafe(over.set)
        raise error

    engine = create_engine("sqlite://")
    jobs: dict[str, retention.Job] = {
        "conversations": kept.sweep,
        "learners": partial(in_database, expire),
    }
    async with retention.sweeping(engine, jobs):
        await over.wait()
    engine.dispose()

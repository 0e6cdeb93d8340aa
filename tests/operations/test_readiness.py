"""Which parts are asked, that each answer comes in time, and what is logged of one that fails."""

from __future__ import annotations

import asyncio
import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.operations import readiness
from bot.operations.readiness import Readiness, in_a_thread, keeps, writes_to
from bot.storage.engine import open_store
from bot.storage.rasa_memory import RasaMemory
from bot.storage.tables import ended_sessions, learner_results, learners


def missing(name: str, ask: Callable[[], bool]) -> list[str]:
    return asyncio.run(Readiness({name: in_a_thread(ask)}).missing())


def test_a_failure_is_logged_by_its_type_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    error: Exception | None = ValueError("what she said")

    def ask() -> bool:
        if error:
            raise error
        return True

    asked = Readiness({"index": in_a_thread(ask)})
    with capture_logs() as logged:
        assert asyncio.run(asked.missing()) == ["index"]
        assert asyncio.run(asked.missing()) == ["index"]
        error = KeyError("another")
        assert asyncio.run(asked.missing()) == ["index"]
        error = None
        assert asyncio.run(asked.missing()) == []
        assert asyncio.run(asked.missing()) == []
    assert [(line["event"], line["part"], line.get("error")) for line in logged] == [
        ("readiness.failed", "index", "ValueError"),
        ("readiness.failed", "index", "KeyError"),
        ("readiness.answers_again", "index", None),
    ]
    assert "what she said" not in str(logged)


def test_a_probe_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "WAITS_S", 0.01)
    over = threading.Event()

    async def ask() -> list[str]:
        try:
            return await Readiness({"disk": in_a_thread(over.wait)}).missing()
        finally:
            over.set()

    with capture_logs() as logged:
        assert asyncio.run(ask()) == ["disk"]
    assert [line["error"] for line in logged] == ["TimeoutError"]


def test_a_disk_that_is_full_is_not_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing("disk", lambda: writes_to(tmp_path)) == []
    assert list(tmp_path.iterdir()) == []

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert missing("disk", lambda: writes_to(tmp_path)) == ["disk"]
    assert missing("disk", lambda: writes_to(tmp_path / "gone")) == ["disk"]


@pytest.mark.parametrize("name", ["learners", "learner_results", "ended_sessions", "memories"])
def test_a_table_that_is_missing_is_not_ready(name: str, tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    memory = RasaMemory(engine)
    memory.create()
    ask = keeps(engine, learners, learner_results, ended_sessions)

    def asked() -> bool:
        return ask() and memory.answers()

    assert missing("tables", asked) == []
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {name}"))
    assert missing("tables", asked) == ["tables"]


def test_a_part_that_is_made_again_is_asked_in_its_place() -> None:
    asked = Readiness({"index": in_a_thread(lambda: False)})
    asked.exchange("index", in_a_thread(lambda: True))
    asked.exchange("elsewhere", in_a_thread(lambda: False))
    assert asyncio.run(asked.missing()) == []

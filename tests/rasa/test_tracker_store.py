from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bench.bots import copy_built, start_assistant
from bot.messages import QuestionMessage
from bot.operations.rasa_process import PYTHON
from bot.settings import HOME, Settings
from tests.assistant import Assistant
from tests.needs import schema_of_ones_own


@pytest.mark.rasa
@pytest.mark.parametrize(
    "database",
    [
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.slow),
        pytest.param("postgresql+psycopg", marks=pytest.mark.slow),
    ],
)
def test_rasa_keeps_slots_and_no_words_and_forgets_them(database: str, tmp_path: Path) -> None:
    with url_of(database, tmp_path) as url:
        check_slot_store(url)


@contextmanager
def url_of(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'rasa.db'}"
        return
    with schema_of_ones_own() as url:
        yield url.set(drivername=database).render_as_string(hide_password=False)


def check_slot_store(url: str) -> None:
    checked = subprocess.run(
        [PYTHON, "-W", "ignore", HOME / "tests/rasa/slot_store.py", url],
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr[-2000:]


@pytest.mark.rasa
@pytest.mark.slow
def test_a_walk_begun_at_one_server_goes_on_at_another(tmp_path: Path) -> None:
    """With no other setting than where the conversations are."""
    with ExitStack() as running:
        url = running.enter_context(schema_of_ones_own())
        together = {"FP_DATABASE_URL": url.render_as_string(hide_password=False)}
        first, second = (
            running.enter_context(started(tmp_path / name, together)) for name in ("one", "two")
        )
        begun = first.talk()
        assert isinstance(begun.say("can I share this without consent?")[-1], QuestionMessage)
        went_on = replace(begun, api=second.api).choose("step:share_without_consent/s1/no")
        assert isinstance(went_on[-1], QuestionMessage)
        assert went_on[-1].flow.id == "share_without_consent"
        gone = second.api.delete(f"/conversations/{begun.id}", headers=begun.headers)
        assert gone.status_code == 204


@contextmanager
def started(state: Path, environment: dict[str, str]) -> Iterator[Assistant]:
    copy_built(Settings().state_dir, state)
    with (
        start_assistant(state, environment) as running,
        httpx.Client(base_url=f"{running.url}/api/v1", timeout=30, trust_env=False) as api,
    ):
        yield Assistant(running.url, state, api, running)

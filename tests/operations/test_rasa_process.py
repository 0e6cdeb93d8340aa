"""What Rasa, the child, is told: what it needs, and nobody else's secret."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path

import psutil
import pytest

from bot.channels.teams.settings import TeamsSettings
from bot.operations.rasa_process import environment
from bot.settings import Settings
from tests.assistant import Assistant

ITS_OWN = {"FP_RASA_SECRET", "FP_RASA_DB"}


def secret_settings() -> list[str]:
    """The variables of every setting that is a secret."""
    every = chain(
        ((f"FP_{name}", field) for name, field in Settings.model_fields.items()),
        ((f"FP_TEAMS_{name}", field) for name, field in TeamsSettings.model_fields.items()),
    )
    return [name.upper() for name, field in every if "SecretStr" in str(field.annotation)]


def test_no_secret_of_the_assistants_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(secret_settings()) >= 7
    for name in (*secret_settings(), "AWS_SECRET_ACCESS_KEY", "PGPASSWORD", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"s3cret-{name}")
    told = environment(Settings.model_construct(state_dir=Path("/state")), "made-at-start")
    assert [name for name, value in told.items() if "s3cret" in value] == []
    assert told["FP_RASA_SECRET"] == "made-at-start"
    assert told["FP_RASA_DB"] == "sqlite:////state/rasa.db"
    assert told["PATH"] == os.environ["PATH"]


@pytest.mark.rasa
def test_the_running_rasa_holds_its_own_secrets_only(assistant: Assistant) -> None:
    parent = psutil.Process(assistant.running.process.pid)
    (rasa,) = parent.children()
    told, known = rasa.environ(), parent.environ()
    assert known["FP_TEAMS_SECRET"]
    assert known["FP_TEAMS_SECRET"] not in told.values()
    assert {name for name in told if name.startswith("FP_")} == ITS_OWN | {"FP_ACTIONS_URL"}
    secrets = {known["FP_TEAMS_SECRET"], told["FP_RASA_SECRET"]}
    said = [*rasa.cmdline(), *parent.cmdline(), assistant.api.get("/readyz").text]
    assert [each for each in said if any(secret in each for secret in secrets)] == []
    files = [path for path in assistant.state_dir.rglob("*") if path.is_file()]
    assert files
    for path in files:
        held = path.read_bytes()
        assert not any(secret.encode() in held for secret in secrets), path.name


@pytest.mark.rasa
def test_nothing_in_the_state_folder_is_open_to_others(assistant: Assistant) -> None:
    assistant.talk().say("what does Knowsley say about recording?")
    state = assistant.state_dir
    assert state.joinpath("rasa.db").exists()
    everything = (state, *state.rglob("*"))
    assert [path for path in everything if path.stat().st_mode & 0o077] == []

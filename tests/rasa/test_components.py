"""Every command of Rasa's runs with the patches, and none with a Rasa they were not written for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from bot.operations.rasa_process import MODEL, PYTHON, environment
from bot.settings import HOME, Settings

OURS = "bot.rasa.components."
PATCHED = """
import bot.rasa.components.{module}
from rasa.core.agent import Agent
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
found = (Agent._create_tracker_store, RemoteAction._action_call_format, EndpointConfig.session)
assert {{each.__module__ for each in found}} == {{"bot.rasa.patches"}}, found
"""
ANOTHER_VERSION = """
import sys
import rasa, rasa.version
rasa.__version__ = rasa.version.__version__ = "3.6.22"
sys.argv = ["rasa", *sys.argv[1:]]
from rasa.__main__ import main
main()
"""


def in_rasas_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, "-c", code, *arguments],
        cwd=HOME,
        env=environment(Settings(), "components"),
        capture_output=True,
        text=True,
        check=False,
    )


def test_rasa_is_given_no_class_of_ours_from_elsewhere() -> None:
    config = yaml.safe_load((HOME / "config.yml").read_text("utf-8"))
    endpoints = yaml.safe_load((HOME / "endpoints.yml").read_text("utf-8"))
    named = [
        each["name"] for part in ("importers", "pipeline", "policies") for each in config[part]
    ]
    named += yaml.safe_load((HOME / "credentials.yml").read_text("utf-8"))
    named.append(endpoints["tracker_store"]["type"])
    ours = [name for name in named if "." in name]
    assert len(ours) == 8
    assert [name for name in ours if not name.startswith(OURS)] == []


@pytest.mark.rasa
def test_the_patches_are_in_force_once_any_component_is_loaded() -> None:
    checked = in_rasas_python(PATCHED.format(module="importer"))
    assert checked.returncode == 0, checked.stderr[-2000:]


@pytest.mark.rasa
@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    ["data validate", "train --out {out}", "test core --model {model}", "run --model {model}"],
)
def test_another_version_of_rasa_is_refused_with_what_to_do(command: str, tmp_path: Path) -> None:
    model = Settings().models_dir / MODEL
    arguments = command.format(out=tmp_path, model=model).split()
    refused = in_rasas_python(ANOTHER_VERSION, *arguments)
    said = refused.stdout + refused.stderr
    assert refused.returncode != 0
    assert "changes inner parts of Rasa 3.6.21, and this is 3.6.22" in said, said[-2000:]
    assert "bot/rasa/patches.py" in said
    assert list(tmp_path.iterdir()) == []

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bot.operations.rasa_process import PYTHON, environment
from bot.settings import HOME, Settings


@pytest.mark.rasa
@pytest.mark.slow
def test_each_command_leads_to_its_action(tmp_path: Path) -> None:
    settings = Settings()
    checked = subprocess.run(
        [
            *(PYTHON, "-m", "rasa", "test", "core", "--fail-on-prediction-errors"),
            *("--model", settings.models_dir / "principles.tar.gz"),
            *("--stories", HOME / "tests/rasa/test_stories.yml", "--out", tmp_path),
            *("--endpoints", "endpoints.yml"),
        ],
        cwd=HOME,
        env={**os.environ, **environment(settings, "stories")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr[-2000:]

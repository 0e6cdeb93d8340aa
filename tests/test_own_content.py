"""The tests know what is shipped: no content of whoever runs them is read or written to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.settings import HOME

ASKS = """
import tests.conftest
from bot.settings import HOME, Settings
settings = Settings()
assert settings.home == HOME, settings.home
assert settings.content_dir == settings.state_dir / "content", settings.content_dir
"""


def test_what_a_partnership_has_set_is_not_read(tmp_path: Path) -> None:
    """Neither in the tests nor in what they start, which inherits their environment."""
    (tmp_path / "home" / "data").mkdir(parents=True)
    own = {"FP_CONTENT_DIR": str(tmp_path / "content"), "FP_HOME": str(tmp_path / "home")}
    run = subprocess.run(
        [sys.executable, "-c", ASKS],
        cwd=HOME,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bot.child import PYTHON
from bot.settings import HOME

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")


@pytest.mark.rasa
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_rasa_keeps_slots_and_no_words_and_forgets_them(database: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rasa.db'}" if database == "sqlite" else POSTGRES
    checked = subprocess.run(
        [PYTHON, "-W", "ignore", HOME / "tests/rasa/slot_store.py", url],
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr[-2000:]

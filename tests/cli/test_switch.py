"""The switch of every server of a database, and its tables, at a terminal."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import text

from bot.cli import main
from bot.conversation.kill_switch import SharedSwitch
from bot.manage.audit import Audit
from bot.settings import Settings
from bot.storage.engine import open_store
from bot.storage.upgrade import NEWEST

pytestmark = pytest.mark.usefixtures("nobody_answers")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> object:
    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["principles", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().out

    return run

"""`principles off` and `principles on`."""

from __future__ import annotations

import pytest

from bot.conversation.kill_switch import SharedSwitch
from bot.manage.audit import Audit
from bot.settings import Settings
from bot.storage.engine import open_store
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("nobody_answers")


def test_it_is_turned_off_and_on_with_a_line_in_what_was_done(
    principles: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert principles("off", "The contacts are checked. Back at 9.") == 0
    assert "`principles on` turns it on again" in capsys.readouterr().err
    engine = open_store(Settings.read().store_url)
    assert SharedSwitch(engine).look() == "The contacts are checked. Back at 9."
    assert principles("off", "Another reason.") == 0
    assert SharedSwitch(engine).look() == "Another reason."
    assert principles("on") == 0
    assert SharedSwitch(engine).look() is None
    capsys.readouterr()
    assert principles("on") == 0
    told = capsys.readouterr().err
    assert "was not off" in told
    assert "conversations.db" in told
    lines = [(each.event, each.detail) for each in Audit(engine).page(1, 10)]
    assert lines == [
        ("switched_on", ""),
        ("switched_off", "Another reason."),
        ("switched_off", "The contacts are checked. Back at 9."),
    ]


def test_a_file_that_keeps_it_off_is_named(
    principles: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert principles("off") == 0
    Settings.read().off_file.touch()
    capsys.readouterr()
    assert principles("on") == 0
    assert str(Settings.read().off_file) in capsys.readouterr().err

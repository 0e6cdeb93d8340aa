from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.train import train


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["principles", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_help_names_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--help") == 0
    said = capsys.readouterr().out
    assert all(
        name in said for name in ("serve", "ask", "chat", "content", "index", "train", "--version")
    )


def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FP_PORT", "eighty")
    assert run(monkeypatch, "ask", "anything") == 5
    assert "FP_PORT: Input should be a valid integer" in capsys.readouterr().err


def test_the_languages_are_told_with_what_they_lack(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "languages") == 0
    first, *missing = capsys.readouterr().out.splitlines()
    assert first.startswith("cy (Cymraeg): ")
    assert first.endswith(" phrases, not checked yet")
    assert "  in English, widget: starters" in missing


def test_an_overdue_notice_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("knowledge.notices.NoticeRecord.overdue", lambda notice, today: True)
    assert run(monkeypatch, "notices") == 5
    said = capsys.readouterr().err
    assert said.startswith("Overdue: ")
    assert "set checked_on and review_by" in said


def test_what_nobody_foresaw_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("bot.operations.training.is_current", lambda *_: 1 / 0)
    assert run(monkeypatch, "train") == 5
    said = capsys.readouterr().err
    assert "nobody foresaw (ZeroDivisionError)" in said
    assert "Traceback" not in said
    (log,) = tmp_path.glob("principles-*.log")
    assert train.__name__ in log.read_text()

"""What the commands on the content need: nobody else's state, and a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main

Run = Callable[..., int]


@pytest.fixture
def nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder of its own, and a port at which no assistant is."""
    monkeypatch.setenv("FP_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("FP_PORT", "9")
    monkeypatch.setattr("getpass.getuser", lambda: "ann")


@pytest.fixture
def principles(monkeypatch: pytest.MonkeyPatch) -> Run:
    """`principles` with these arguments: what it ends with."""

    def run(*arguments: str | Path) -> int:
        monkeypatch.setattr(sys, "argv", ["principles", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run


@pytest.fixture
def run(principles: Run) -> Run:
    """`principles content` with these arguments."""
    return lambda *arguments: principles("content", *arguments)

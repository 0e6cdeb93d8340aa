"""The set-up script, with an environment of one tiny package instead of two of several GB."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "setup.py"


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "setup_script", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "HOME", tmp_path)
    monkeypatch.setattr(module, "REQUIREMENTS", tmp_path)
    (tmp_path / "empty.txt").write_text("# nothing to install\n")
    environment = module.Environment(
        tmp_path / ".venv",
        "a test",
        pythons=(f"{sys.version_info.major}.{sys.version_info.minor}",),
        locks=("empty.txt",),
    )
    monkeypatch.setattr(module, "ENVIRONMENTS", (environment,))
    return module


def test_what_is_complete_is_left_and_what_is_not_is_made(
    setup: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (environment,) = setup.ENVIRONMENTS
    assert setup.main() == 0
    assert "Making .venv" in capsys.readouterr().out
    assert setup.main() == 0
    assert capsys.readouterr().out == ""
    (setup.REQUIREMENTS / "empty.txt").write_text("# changed\n")
    assert setup.main() == 0
    assert "Bringing .venv up to date" in capsys.readouterr().out
    environment.stamp.unlink()
    assert setup.main() == 0
    assert ".venv is unfinished: making it afresh" in capsys.readouterr().out


def test_a_link_is_somebody_elses_environment(
    setup: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".venv").symlink_to(elsewhere)
    assert setup.main() == 0
    assert capsys.readouterr().out == ""
    assert not any(elsewhere.iterdir())


def test_a_missing_python_is_named_with_how_to_get_it(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = setup.Environment(setup.HOME / ".v", "a test", pythons=("3.99",), locks=())
    monkeypatch.setattr(setup, "ENVIRONMENTS", (wanted,))
    assert setup.main() == 1
    said = capsys.readouterr().err
    for part in ("Python 3.99 was not found", "Debian", "macOS", "WSL", "same command again"):
        assert part in said


def test_a_lock_that_pip_cannot_fill_ends_with_pips_words(
    setup: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_text("principles-that-nobody-published==1 --hash=sha256:0\n")
    assert setup.main() == 1
    assert "pip could not fill .venv" in capsys.readouterr().err
    shutil.rmtree(tmp_path / ".venv")

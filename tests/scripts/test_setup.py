"""The set-up script, with an environment of one tiny package instead of two of several GB."""

from __future__ import annotations

import importlib.util
import io
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "setup.py"


WHICH = shutil.which
UV = WHICH("uv")


def without_uv(name: str) -> str | None:
    return None if name == "uv" else WHICH(name)


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "setup_script", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "HOME", tmp_path)
    # Where the machine has uv, the tests of pip must not take it.
    monkeypatch.setattr(module.shutil, "which", without_uv)
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
    assert ".venv: making it with" in capsys.readouterr().out
    assert setup.main() == 0
    assert capsys.readouterr().out == ""
    (setup.REQUIREMENTS / "empty.txt").write_text("# changed\n")
    assert setup.main() == 0
    assert ".venv: bringing it up to date" in capsys.readouterr().out
    environment.stamp.unlink()
    assert setup.main() == 0
    assert ".venv: unfinished: making it afresh" in capsys.readouterr().out


def test_to_serve_only_the_first_environment_has_another_lock(
    setup: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (setup.REQUIREMENTS / "serving.txt").write_text("# less to install\n")
    assert setup.main(["--serving"]) == 0
    assert ".venv: making it with" in capsys.readouterr().out
    assert setup.main(["--serving"]) == 0
    assert capsys.readouterr().out == ""
    assert setup.main() == 0
    assert ".venv: bringing it up to date" in capsys.readouterr().out


def test_a_link_is_somebody_elses_environment(
    setup: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".venv").symlink_to(elsewhere)
    assert setup.main() == 0
    assert capsys.readouterr().out == ""
    assert not any(elsewhere.iterdir())


def test_a_missing_python_is_named_before_anything_is_made(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = setup.Environment(setup.HOME / ".v", "a test", pythons=("3.99",), locks=())
    monkeypatch.setattr(setup, "ENVIRONMENTS", (*setup.ENVIRONMENTS, wanted))
    assert setup.main() == 1
    assert not (setup.HOME / ".venv").exists()
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


def test_with_uv_on_the_path_uv_fills_the_environment_by_the_same_hashes(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    uv = tmp_path / "uv"
    uv.write_text(f'#!/bin/sh\necho "$@" >> {ran}\nenv > {tmp_path / "env"}\n')
    uv.chmod(0o755)
    monkeypatch.setattr(setup.shutil, "which", lambda name: str(uv) if name == "uv" else None)
    assert setup.main() == 0
    (command,) = ran.read_text().splitlines()
    assert command.startswith(f"pip install --python {tmp_path / '.venv' / 'bin' / 'python'}")
    assert command.endswith(f"--no-deps --require-hashes -r {tmp_path / 'empty.txt'}")
    assert "UV_INDEX_STRATEGY=unsafe-best-match" in (tmp_path / "env").read_text()


def test_without_an_index_pip_fills_it(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup.shutil, "which", lambda name: "uv")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert setup.choose_installer(setup.ENVIRONMENTS[0]).name == "pip"


def test_uv_looks_where_pip_is_told_to_look_unless_it_is_told_itself(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip lists its sections by the alphabet, or, when it is newer, by their strength."""
    lines = (
        ":env:.find-links='/strong'",
        r"global.extra-index-url='https://two.example/simple\nhttps://three.example/simple'",
        "global.find-links='/weak'",
        "global.index-url='https://one.example/simple'",
        "list.format='columns'",
    )
    environment = setup.Environment(tmp_path / "fake", "a test", pythons=(), locks=())
    environment.python.parent.mkdir(parents=True)
    monkeypatch.delenv("UV_INDEX", raising=False)
    monkeypatch.delenv("UV_FIND_LINKS", raising=False)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    for listed in (lines, lines[::-1]):
        environment.python.write_text("#!/bin/sh\ncat <<'END'\n" + "\n".join(listed) + "\nEND\n")
        environment.python.chmod(0o755)
        variables = setup.uv_variables(environment)
        assert variables["UV_INDEX"] == "https://two.example/simple https://three.example/simple"
        assert variables["UV_FIND_LINKS"] == "/strong"
        assert "UV_DEFAULT_INDEX" not in variables


@pytest.mark.skipif(UV is None, reason="no uv on the path")
def test_a_hash_that_is_wrong_stops_uv_too(
    setup: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(setup.shutil, "which", WHICH)
    (tmp_path / "empty.txt").write_text("idna==3.10 --hash=sha256:" + "0" * 64 + "\n")
    assert setup.main() == 1
    assert "uv could not fill .venv" in capsys.readouterr().err


def test_two_environments_are_made_at_once_and_each_line_names_its_own(
    setup: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (one,) = setup.ENVIRONMENTS
    other = setup.Environment(tmp_path / ".other", "a test", one.pythons, one.locks)
    monkeypatch.setattr(setup, "ENVIRONMENTS", (one, other))
    assert setup.main() == 0
    assert setup.is_complete(one)
    assert setup.is_complete(other)
    printed = capfd.readouterr().out.splitlines()
    assert all(line.startswith((".venv: ", ".other: ")) for line in printed)


def test_a_line_is_written_in_one_piece(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """In two, lines of the two environments run together."""
    written: list[str] = []

    class Output(io.StringIO):
        def write(self, text: str) -> int:
            written.append(text)
            return len(text)

    monkeypatch.setattr(sys, "stdout", Output())
    setup.say(setup.ENVIRONMENTS[0], "working")
    assert written == [".venv: working\n"]

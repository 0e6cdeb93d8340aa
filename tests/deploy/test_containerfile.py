"""The Containerfile has nothing that a linter complains of, and its last stage only what serves."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import HOME

CONTAINERFILE = HOME / "Containerfile"
HADOLINT = Path(sys.executable).parent / "hadolint"
STAGE = re.compile(r"^FROM (\S+)(?: AS (\w+))?$", re.MULTILINE)
COPIED = re.compile(r"^COPY ([^-].*) \S+$", re.MULTILINE)


def test_the_linter_has_nothing_to_say() -> None:
    ran = subprocess.run([HADOLINT, CONTAINERFILE], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_linter_can_complain(tmp_path: Path) -> None:
    wrong = tmp_path / "Containerfile"
    wrong.write_text("FROM debian\nRUN cd /tmp && sudo ls\n")
    assert subprocess.run([HADOLINT, wrong], capture_output=True, check=False).returncode == 1


@pytest.fixture
def stages() -> dict[str, str]:
    """The text of each stage, by its name; the last one has none."""
    parts = STAGE.split(CONTAINERFILE.read_text("utf-8"))[1:]
    return {name or "": text for _, name, text in zip(*[iter(parts)] * 3, strict=True)}


def test_every_package_is_installed_from_a_lock_by_its_hash(stages: dict[str, str]) -> None:
    text = CONTAINERFILE.read_text("utf-8").replace("\\\n", " ")
    installs = re.findall(r"bin/pip install (.*?)(?= &&| \|\||;|$)", text, re.MULTILINE)
    of_ours = [each for each in installs if "--editable ." in each]
    assert len(of_ours) == 1
    assert "--no-index" in of_ours[0]
    for each in set(installs) - set(of_ours):
        lock = re.search(r"--require-hashes --requirement (\S+)", each)
        assert lock, each
        assert (HOME / lock[1]).is_file()


def test_the_last_stage_installs_nothing_and_has_no_torch(stages: dict[str, str]) -> None:
    assert "pip" not in stages[""]
    assert "apt-get" not in stages[""]
    copied = set(re.findall(r"--from=(\w+) (\S+)", stages[""]))
    assert copied == {
        ("serving", "/opt/first-principles"),
        ("built", "/built/index"),
        ("built", "/built/models"),
    }
    assert "torch" not in stages["serving"]


def test_what_is_copied_is_sent_and_exists() -> None:
    """.dockerignore lets through what the stages copy, and no more."""
    lines = (HOME / ".dockerignore").read_text("utf-8").splitlines()
    sent = {line[1:] for line in lines if line.startswith("!")}
    text = CONTAINERFILE.read_text("utf-8")
    files = [name for names in COPIED.findall(text) for name in names.split()]
    copied = {name.partition("/")[0] for name in files}
    bound = set(re.findall(r"type=bind,source=(\w+)", text))
    assert sent == copied | bound
    assert all((HOME / name).exists() for name in files)

"""The unit is what systemd reads, and as shut as it can be. It is not started here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.files import DEPLOY, UNIT, unit

ANALYSE = shutil.which("systemd-analyze")
EXPOSED_AT_MOST = 15
"""Of 100, as `systemd-analyze security` counts it, where a service with nothing set has 96."""
needs_systemd = pytest.mark.skipif(ANALYSE is None, reason="no systemd-analyze is installed")


@needs_systemd
def test_systemd_reads_it_without_a_word(tmp_path: Path) -> None:
    """With a program that is here in the place of the assistant's."""
    copied = tmp_path / UNIT.name
    program = "/opt/first-principles/.venv/bin/principles"
    copied.write_text(UNIT.read_text("utf-8").replace(program, "/bin/true"))
    command: list[str | Path] = [str(ANALYSE), "verify", "--man=no", copied]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@needs_systemd
def test_little_of_the_machine_is_open_to_it() -> None:
    command: list[str | Path] = [
        str(ANALYSE),
        "security",
        "--offline=yes",
        f"--threshold={EXPOSED_AT_MOST}",
        UNIT,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_secrets_come_as_credentials() -> None:
    assert "FP_SECRETS_DIR=%d" in unit()["Environment"]
    credentials = [each.partition(":") for each in unit()["LoadCredential"]]
    assert all(file == f"/etc/first-principles/secrets/{name}" for name, _, file in credentials)


def test_its_settings_name_this_machine_alone() -> None:
    lines = (DEPLOY / "systemd" / "settings.env").read_text("utf-8").splitlines()
    assert "FP_TRUSTED_PROXIES=127.0.0.1" in lines
    assert unit()["IPAddressDeny"] == ["any"]
    assert unit()["IPAddressAllow"] == ["localhost"]

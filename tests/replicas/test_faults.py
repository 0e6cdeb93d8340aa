"""What befalls one server alone: its disk is full."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bench.bots import copy_built, start_assistant
from bot.settings import Settings
from tests.assistant import Assistant

pytestmark = [pytest.mark.rasa, pytest.mark.slow]

DANGER = "she is not breathing"
ROOM_MB = 16
"""Of the disk that is filled: for the databases, and for what a probe writes."""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM_MB}m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can be made by root alone")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    file = disk / "full"
    with file.open("wb", buffering=0) as full:
        try:
            while True:
                full.write(bytes(64 * 1024))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
    return file


@contextmanager
def assistant_on(disk: Path, state: Path) -> Iterator[Assistant]:
    """Its databases are on that disk, and its state folder is a link to a folder of it."""
    (disk / "state").mkdir(mode=0o700)
    copy_built(Settings().state_dir, state)
    for name in ("index", "models"):
        (disk / "state" / name).symlink_to(state / name)
    with (
        start_assistant(disk / "state") as running,
        httpx.Client(base_url=f"{running.url}/api/v1", timeout=30, trust_env=False) as api,
    ):
        yield Assistant(running.url, disk / "state", api, running)


def test_a_full_disk_is_told_and_danger_is_answered_and_room_mends_it(tmp_path: Path) -> None:
    with (
        small_disk(tmp_path / "disk") as disk,
        assistant_on(disk, tmp_path / "built") as assistant,
    ):
        talk = assistant.talk()
        talk.say("who should keep records?")
        full = fill(disk)
        path = f"/conversations/{talk.id}/messages"
        for _ in range(3):
            reply = assistant.api.post(path, json={"text": "who decides?"}, headers=talk.headers)
            if reply.status_code != httpx.codes.OK:
                break
        # Rasa keeps its memory on the same disk: a plain message comes from it, or a refusal.
        assert reply.status_code in (httpx.codes.OK, httpx.codes.SERVICE_UNAVAILABLE)
        assert "999" in reply.text
        assert talk.say(DANGER)[0].type == "safety"
        ready = assistant.api.get("/readyz")
        assert ready.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert "disk" in ready.json()["missing"]
        full.unlink()
        assert assistant.api.get("/readyz").is_success
        assert talk.say("who should keep records?")[0].type == "answer"

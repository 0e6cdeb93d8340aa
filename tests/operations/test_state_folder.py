"""The state folder is shut to every other account of the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import UserFacingError
from bot.operations.state_folder import make_private


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[Path]:
    return [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


def test_what_was_open_is_shut_and_what_follows_is_written_shut(tmp_path: Path) -> None:
    state = tmp_path / "state"
    (state / "models").mkdir(parents=True)
    (state / "models" / "model").write_text("x")
    (state / "conversations.db").write_text("x")
    (state / "conversations.db").chmod(0o666)
    assert len(open_to_others(state)) == 4
    make_private(state)
    (state / "rasa.log").write_text("x")
    (state / "index").mkdir()
    assert open_to_others(state) == []


def test_a_link_leads_to_nothing_that_is_changed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("x")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "link").symlink_to(elsewhere)
    make_private(tmp_path / "state")
    assert elsewhere.stat().st_mode & 0o777 == 0o644


def test_a_folder_of_another_account_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    tmp_path.joinpath("state").mkdir()
    with pytest.raises(UserFacingError, match="FP_STATE_DIR"):
        make_private(tmp_path / "state")

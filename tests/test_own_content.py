"""The tests know what is shipped: no content of whoever runs them is read or written to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.operations.content_folder import open_editions
from bot.settings import HOME, Settings
from knowledge.editions import SHIPPED


def test_the_content_is_what_was_shipped() -> None:
    settings = Settings.read()
    assert settings.home == HOME
    assert open_editions(settings).live().id == SHIPPED


@pytest.mark.parametrize("is_set", [True, False])
def test_it_is_so_whatever_a_partnership_has_set_and_published(
    tmp_path: Path, is_set: bool
) -> None:
    """`is_set`: the folder of their editions is named; otherwise it lies in their state folder."""
    theirs = Settings(state_dir=tmp_path / "state")
    with open_editions(theirs).draft() as draft:
        (draft.folder / "words.yaml").write_text("# Others\n")
        open_editions(theirs).publish(draft, "Ann Example", "", "Other words")
    (tmp_path / "home" / "data").mkdir(parents=True)
    own = {"FP_STATE_DIR": str(theirs.state_dir), "FP_HOME": str(tmp_path / "home")}
    if is_set:
        own["FP_CONTENT_DIR"] = str(theirs.content_dir)
    asked = f"{__file__}::{test_the_content_is_what_was_shipped.__name__}"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", asked],
        cwd=HOME,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout

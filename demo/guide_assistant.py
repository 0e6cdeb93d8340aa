"""The assistant before which a guide is walked: one for each, with what the guide begins with."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path

from playwright.sync_api import Browser

from bench.bots import SERVE, assistant_settings, copy_built, start_assistant
from bot.settings import Settings
from demo.guide_pictures import GuidePictures
from demo.guide_walk import FIRST, PUBLISHER, VERSION
from demo.policy_officer import PolicyOfficer, add_account


@contextmanager
def officer_before(
    guide: str, browser: Browser, state_dir: Path, pictures: GuidePictures | None = None
) -> Iterator[PolicyOfficer]:
    """Signed in. Where the guide goes on from the first one, the assistant answers from the example
    document already."""
    copy_built(Settings().state_dir, state_dir)
    if guide != "first-document":
        take_in_the_example(state_dir)
    add_account(state_dir)
    with start_assistant(state_dir, {"FP_KEEP_ASKED": "true"}) as assistant:
        officer = PolicyOfficer(browser, assistant.url, pictures)
        officer.sign_in()
        yield officer


def take_in_the_example(state_dir: Path) -> None:
    """With a question for 1.3, which the new edition changes, so that something cites it."""
    given = ("--publisher", PUBLISHER, "--area", "exampleshire", "--version", VERSION)
    asked = "how soon do I go back after nobody was in"
    for command in (("import", str(FIRST), *given), ("add-question", "005.1.3", asked)):
        subprocess.run(  # noqa: S603
            [*SERVE[:-1], "content", *command, "--publish"],
            check=True,
            env=environ | assistant_settings(state_dir),
        )

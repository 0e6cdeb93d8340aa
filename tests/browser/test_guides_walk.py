"""Each guide can be followed to the letter, in front of the real assistant."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from os import environ
from pathlib import Path

import pytest
import regex
from playwright.sync_api import Browser

from bench.bots import SERVE, assistant_settings, copy_built, start_assistant
from bot.manage.guides import GUIDES as FOLDER
from bot.settings import HOME, Settings
from demo.guide_walk import FIRST, GUIDES, PUBLISHER, VERSION
from demo.policy_officer import PolicyOfficer, add_account
from tests.docs.pages import Page

pytestmark = [pytest.mark.browser, pytest.mark.rasa, pytest.mark.slow]

BOLD = regex.compile(r"\*\*(.+?)\*\*", regex.DOTALL)
OTHERWISE = regex.compile(r"^\*If .+?(?=\n\n|\Z)", regex.MULTILINE | regex.DOTALL)
"""What else may be seen, beside the way."""


def named(guide: Page, *, otherwise: bool = False) -> set[str]:
    text = guide.prose if otherwise else OTHERWISE.sub("", guide.prose)
    return {" ".join(each.split()) for each in BOLD.findall(text)}


def named_on_the_way(guide: Page) -> set[str]:
    """By the guide, and by those to which it sends its reader."""
    sent_to = {file for file, _ in guide.links() if file.suffix == ".md"}
    return named(guide, otherwise=True).union(*(named(Page(each)) for each in sent_to))


@pytest.fixture
def officer(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> Iterator[PolicyOfficer]:
    """In front of an assistant of their own; where the guide asks for the example document, it is
    answered from already."""
    copy_built(Settings().state_dir, tmp_path)
    if request.param != "first-document":
        take_in_the_example(tmp_path)
    add_account(tmp_path)
    with start_assistant(tmp_path, {"FP_KEEP_ASKED": "true"}) as assistant:
        yield PolicyOfficer(browser, assistant.url)


def take_in_the_example(state_dir: Path) -> None:
    """With a question for 1.3, which the new edition changes, so that something cites it."""
    given = ("--publisher", PUBLISHER, "--area", "exampleshire", "--version", VERSION)
    asked = "how soon do I go back after nobody was in"
    for command in (("import", str(FIRST), *given), ("add-question", "005.1.3", asked)):
        subprocess.run(
            [*SERVE[:-1], "content", *command, "--publish"],
            check=True,
            env=environ | assistant_settings(state_dir),
        )


@pytest.mark.parametrize(
    ("name", "officer"), [(each, each) for each in GUIDES], indirect=["officer"]
)
def test_a_guide_is_followed_and_every_name_in_it_is_met(name: str, officer: PolicyOfficer) -> None:
    guide = Page(HOME / FOLDER / f"{name}.md")
    officer.sign_in()
    GUIDES[name](officer)
    assert officer.used - named_on_the_way(guide) == set(), "used, and not named by the guide"
    assert named(guide) - officer.met == set(), "named by the guide, and on no page on its way"

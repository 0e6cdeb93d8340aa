"""Each guide can be followed to the letter, in front of the real assistant."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from playwright.sync_api import Browser

from bot.manage.guides import GUIDES as FOLDER
from bot.settings import HOME
from demo.guide_assistant import officer_before
from demo.guide_walk import GUIDES
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


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_followed_and_every_name_in_it_is_met(
    name: str, browser: Browser, tmp_path: Path
) -> None:
    guide = Page(HOME / FOLDER / f"{name}.md")
    with officer_before(name, browser, tmp_path) as officer:
        GUIDES[name](officer)
        assert officer.used - named_on_the_way(guide) == set(), "used, and not named by the guide"
        assert named(guide) - officer.met == set(), "named by the guide, and on no page on its way"

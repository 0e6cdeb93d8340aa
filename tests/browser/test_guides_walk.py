"""Each guide can be followed to the letter, in front of the real assistant."""

from __future__ import annotations

from collections.abc import Iterable
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

IN_OTHER_CASES = {
    *("Edit", "Take this source out", "Put another passage in its place"),
    *("Reword the question", "Take it out whole"),
    *("Take the gap out", "This is meant", "could not sign in"),
}
"""What stands on a page only where a quiz or something else cites the document, it is for every
area, an answer gets worse, or somebody failed to sign in: not with the example. Another test sees
that there is such a label at all."""


def named(guide: Page, *, otherwise: bool = False) -> set[str]:
    text = guide.prose if otherwise else OTHERWISE.sub("", guide.prose)
    return {" ".join(each.split()) for each in BOLD.findall(text)}


def named_by_any() -> set[str]:
    """A guide says only once how to sign in, or to ask the draft."""
    pages = map(Page, (HOME / FOLDER).glob("*.md"))
    return set[str]().union(*(named(each, otherwise=True) for each in pages))


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_followed_and_every_name_in_it_is_met(
    name: str, browser: Browser, tmp_path: Path
) -> None:
    guide = Page(HOME / FOLDER / f"{name}.md")
    with officer_before(name, browser, tmp_path) as officer:
        GUIDES[name](officer)
        assert officer.used - named_by_any() == set(), "used, and named by no guide"
        named_here = named(guide) - IN_OTHER_CASES
        missing = {each for each in named_here if not _stands(each, officer.met)}
        assert missing == set(), "named by the guide, and on no page on its way"


def _stands(name: str, words: Iterable[str]) -> bool:
    """What it is about may follow it: which passage, or which place."""
    return any(each == name or each.startswith(f"{name} ") for each in words)

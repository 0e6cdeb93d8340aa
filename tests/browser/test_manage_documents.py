"""A document's whole way in a real browser, in front of the real assistant, each page looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.bots import copy_built, start_assistant
from bot.manage.roles import Role
from bot.settings import Settings
from tests.browser.conftest import SLOWEST_MS, Tab
from tests.browser.test_accessibility import spills_when_narrow, violations
from tests.manage.people import PASSWORD, accounts_in, add
from tests.manage.test_documents import policy

pytestmark = [pytest.mark.browser, pytest.mark.rasa, pytest.mark.slow]

CHECKED_WITHIN_MS = 900_000
"""3,000 questions are asked of both sides, on whatever machine runs the test."""
OPENS_WITHIN_MS = 180_000
"""An index of the new edition is built, on whatever machine runs the test."""


@pytest.fixture
def page(tab: Tab, tmp_path: Path) -> Iterator[Page]:
    """In front of an assistant whose content no other test sees."""
    copy_built(Settings().state_dir, tmp_path)
    name = add(accounts_in(tmp_path), Role.APPROVER)
    with start_assistant(tmp_path) as running:
        page = tab(running.url, max(SLOWEST_MS, OPENS_WITHIN_MS))
        page.goto("/manage/documents/import")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        yield page


def looked_at(page: Page) -> None:
    assert violations(page) == []
    assert not spills_when_narrow(page)
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_document_is_sent_looked_at_merged_published_and_found(page: Page) -> None:
    looked_at(page)
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.get_by_label("File").set_input_files(
        {"name": "Policy.docx", "mimeType": word, "buffer": policy()}
    )
    page.get_by_label("Publisher").fill("Exampleshire SCP")
    page.get_by_label("Area", exact=True).fill("exampleshire")
    page.get_by_label("Version").fill("March 2026")
    page.get_by_role("button", name="Read the document").click()
    page.get_by_role("link", name="Read it beside its passages").click(timeout=OPENS_WITHIN_MS)
    expect(page.get_by_text("Nothing citable is left out")).to_be_visible()
    page.get_by_role("button", name="Merge 4.1 with 4.2").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Merged.")
    page.locator("summary", has_text="Change 4.1").click()
    looked_at(page)
    page.get_by_role("link", name="Changes", exact=True).click()
    page.get_by_role("link", name="Check the draft").first.click()
    checked = page.get_by_text("questions were asked of both")
    expect(checked).to_be_visible(timeout=CHECKED_WITHIN_MS)
    looked_at(page)
    page.get_by_role("link", name="Ask the draft a question").click()
    page.get_by_label("Question").wait_for(timeout=OPENS_WITHIN_MS)
    page.get_by_label("Question").fill("what do we say in Exampleshire without consent")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Without consent, say why.").first).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Changes", exact=True).click()
    for worse in page.get_by_role("checkbox").all():
        worse.check()
    page.get_by_label("Why").fill("The board agreed.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. This assistant answers from it since")).to_be_visible(
        timeout=OPENS_WITHIN_MS
    )
    looked_at(page)
    page.goto("/sources?q=Exampleshire+without+consent+say+why")
    expect(page.locator(".quote", has_text="Ask the parents first").first).to_contain_text(
        "Without consent, say why."
    )

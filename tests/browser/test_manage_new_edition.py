"""The way of a new edition in a real browser: sent, looked at, edited, signed and retired."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.manage.roles import Role
from tests.api.standins import Serve
from tests.browser.conftest import SLOWEST_MS, Tab
from tests.browser.test_accessibility import spills_when_narrow, violations
from tests.manage.people import PASSWORD, accounts_in, add
from tests.manage.test_new_editions import EDITION

pytestmark = pytest.mark.browser

DOCUMENT = "/manage/documents/000"
READ_WITHIN_MS = 180_000
"""The edition is read, and all that cites it, on whatever machine runs the test."""


@pytest.fixture
def page(tab: Tab, serve: Serve, tmp_path: Path) -> Page:
    address = str(serve().base_url).rstrip("/")
    name = add(accounts_in(tmp_path), Role.APPROVER)
    page = tab(address, max(SLOWEST_MS, READ_WITHIN_MS))
    page.goto(DOCUMENT)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def looked_at(page: Page) -> None:
    """In every scheme, at 1280 px and at 320."""
    page.set_viewport_size({"width": 1280, "height": 800})
    assert violations(page) == []
    assert not spills_when_narrow(page)
    assert violations(page) == []
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_new_edition_is_sent_looked_at_edited_and_signed(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "New.txt"
    file.write_text(EDITION)
    looked_at(page)
    page.get_by_role("link", name="New edition").click()
    looked_at(page)
    page.get_by_label("File of the new edition").set_input_files(file)
    page.get_by_label("Version").fill("June 2027")
    page.get_by_role("button", name="Read the new edition").click()
    page.get_by_role("link", name="See what is different").click()
    expect(page.get_by_role("heading", name="Changed: #1")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="See what this means for what cites it").click()
    expect(page.get_by_text("places looked at")).to_contain_text("0 of")
    first = page.get_by_role("heading", level=2).first
    expect(first).to_contain_text("Names the document as it was before")
    looked_at(page)
    page.get_by_role("button", name="Still right").first.click()
    expect(page.get_by_role("status").filter(has_text="Accepted.")).to_be_visible()
    lost = page.locator("h2:has-text('Has lost its source') ~ section").first
    lost.get_by_role("link", name="Edit").click()
    looked_at(page)
    page.get_by_role("button", name="Take this source out").first.click()
    expect(page.get_by_role("status").filter(has_text="Changed in the draft.")).to_be_visible()
    page.get_by_role("link", name="Changes", exact=True).click()
    expect(page.get_by_text("have lost their source.")).to_be_visible()
    looked_at(page)
    page.goto(DOCUMENT)
    page.get_by_label("Your role").fill("policy officer")
    page.get_by_role("button", name="Sign this text").click()
    expect(page.get_by_text("Signed by Approver Example, policy officer")).to_be_visible()


def test_what_is_due_and_retiring_a_document(page: Page) -> None:
    for path in ("/manage", "/manage/reviews", f"{DOCUMENT}/retire"):
        page.goto(path)
        looked_at(page)
    page.get_by_role("button", name="Take the citations out where others remain").click()
    expect(page.get_by_role("status")).to_contain_text(
        "The citations were taken out where others remain."
    )
    looked_at(page)
    page.get_by_role("link", name="Change it").first.click()
    page.get_by_role("radio").first.check()
    looked_at(page)
    page.get_by_role("button", name="Put it in the place of").first.click()
    expect(page.get_by_role("status").filter(has_text="Changed in the draft.")).to_be_visible()

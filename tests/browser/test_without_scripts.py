"""The same assistant for a browser in which scripts are off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant import Assistant
from tests.browser.conftest import SLOWEST_MS

pytestmark = [pytest.mark.browser, pytest.mark.rasa]


@pytest.fixture
def page(browser: Browser, assistant: Assistant) -> Iterator[Page]:
    context = browser.new_context(base_url=assistant.url, java_script_enabled=False)
    context.set_default_timeout(SLOWEST_MS)
    yield context.new_page()
    context.close()


def test_a_question_is_answered_by_form(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill("does a partner interpreting for mum count as ok")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("figure").first).to_contain_text("Safeguarding Partnership Principles")
    page.get_by_role("button", name="Delete my conversation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your conversation is deleted")


def test_a_flow_is_walked_by_form_to_its_record(page: Page) -> None:
    page.goto("/?flow=share_without_consent")
    page.get_by_role("button", name="Can I share this information without consent?").click()
    while page.get_by_role("radio").count():
        page.get_by_role("radio").last.check()
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Earlier in this conversation")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open to print").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("ecord")
    expect(page.get_by_role("button", name="Send")).to_be_visible()


def test_what_cannot_be_taken_is_said_on_a_page(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill("record " * 300)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("2,000")
    expect(page.get_by_label("Your question or answer")).to_be_visible()

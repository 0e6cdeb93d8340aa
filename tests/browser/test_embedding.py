"""On another origin's page, under that page's own strict policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from demo.host import HostPage
from tests.browser.chat import ChatPage

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

INTERPRETING = "does a partner interpreting for mum count as ok"


def test_one_script_tag_is_enough(page: Page, host_page: HostPage) -> None:
    page.goto(host_page.origin)
    launcher = page.get_by_role("button", name="Ask the safeguarding principles")
    launcher.click()
    expect(launcher).to_be_hidden()
    chat = ChatPage(page).greeted()
    expect(chat.box).to_be_focused()
    quote = chat.ask(INTERPRETING).get_by_role("figure").first
    link = quote.get_by_role("link", name="Read in context")
    assert not (link.get_attribute("href") or "").startswith(host_page.origin)

    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    expect(chat.box).to_be_hidden()


def test_a_record_has_its_name_on_another_origin_too(page: Page, host_page: HostPage) -> None:
    page.goto(host_page.origin)
    page.get_by_role("button", name="Ask the safeguarding principles").click()
    chat = ChatPage(page).greeted()
    chat.ask("can I share this without consent")
    chat.answer("No")
    chat.answer("No, no one could be identified")
    with page.expect_download() as download:
        chat.last.get_by_role("button", name="Download for Word").click()
    assert download.value.suggested_filename.endswith("without consent - decision record.docx")


def test_the_host_page_lends_its_colours(page: Page, host_page: HostPage) -> None:
    page.goto(host_page.origin)
    launcher = page.get_by_role("button", name="Ask the safeguarding principles")
    expect(launcher).to_have_css("background-color", "rgb(91, 42, 110)")
    expect(launcher).to_have_css("font-family", "Verdana, sans-serif")


def test_one_frame_is_enough(page: Page, host_page: HostPage) -> None:
    page.goto(f"{host_page.origin}/frame")
    frame = page.frame_locator("iframe")
    chat = ChatPage(page, frame).greeted()
    expect(chat.ask(INTERPRETING).get_by_role("figure").first).to_be_visible()

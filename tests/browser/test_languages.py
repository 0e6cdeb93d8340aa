"""The chat in Welsh: its own words are, what it quotes is not, and each part says which it is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.chat import ChatPage
from tests.browser.conftest import Watch
from tests.browser.test_accessibility import INTERPRETING, violations
from tests.browser.test_first_screen import stands_above
from tests.shipped import PHRASES, TRANSLATIONS

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

PHONE = ViewportSize(width=390, height=844)
WELSH = TRANSLATIONS["cy"].phrases
LANGUAGE = """(element) => {
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host)
        if (at.lang) return at.lang;
}"""


def language_of(part: Locator) -> str:
    """The nearest `lang` around it, as assistive technology finds it."""
    return str(part.evaluate(LANGUAGE))


class WelshChat(ChatPage):
    """The same chat by its Welsh labels."""

    @property
    def log(self) -> Locator:
        return self.scope.get_by_role("log", name=WELSH.widget.log)

    @property
    def box(self) -> Locator:
        return self.scope.get_by_label(WELSH.widget.label)

    @property
    def replies(self) -> Locator:
        return self.scope.get_by_role("group", name=WELSH.widget.reply, exact=True)


@pytest.fixture
def welsh(page: Page) -> WelshChat:
    """On the start page in Welsh, on a phone."""
    page.set_viewport_size(PHONE)
    page.goto("/?language=cy")
    chat = WelshChat(page)
    chat.greeted()
    return chat


def test_the_start_page_in_welsh_breaks_no_rule(welsh: WelshChat, page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.get_by_role("heading", level=1)).to_have_text(WELSH.pages.start_title)
    assert violations(page) == []
    assert not page.evaluate("document.scrollingElement.scrollWidth > innerWidth")


def test_each_part_says_its_language(welsh: WelshChat, page: Page) -> None:
    assert language_of(welsh.box) == "cy"
    assert language_of(page.get_by_role("button", name=WELSH.widget.send, exact=True)) == "cy"
    assert language_of(page.get_by_role("button", name=PHRASES.widget.starters[0])) == "en-GB"
    assert language_of(page.get_by_role("link", name="Safeguarding Partnership").last) == "en-GB"
    reply = welsh.ask(INTERPRETING)
    quotation = reply.locator("figure").first
    assert language_of(quotation.locator("blockquote")) == "en-GB"
    assert language_of(quotation.locator("cite")) == "en-GB"
    read = quotation.get_by_role("link", name=WELSH.widget.read_in_context)
    assert language_of(read) == "cy"
    assert language_of(reply.get_by_role("group", name=WELSH.widget.helped)) == "cy"
    assert violations(page) == []


def test_what_is_not_in_welsh_is_said_above_the_box(welsh: WelshChat, page: Page) -> None:
    note = page.get_by_role("note").first
    for words in (
        WELSH.widget.danger,
        WELSH.translation.ask_in_english,
        WELSH.translation.sources,
        WELSH.translation.unchecked,
        PHRASES.translation.unchecked,
    ):
        expect(note).to_contain_text(words)
    assert stands_above(note, welsh.box)
    assert language_of(note.get_by_text(PHRASES.translation.unchecked)) == "en-GB"


def test_danger_is_spoken_of_in_welsh_with_999_first(welsh: WelshChat) -> None:
    reply = welsh.ask("he has a knife and she is not breathing")
    said = reply.get_by_text("Ffoniwch 999 nawr os oes unrhyw un mewn perygl.")
    expect(said).to_be_in_viewport()
    assert language_of(said) == "cy"
    expect(reply.get_by_role("link", name=WELSH.widget.call999)).to_have_attribute(
        "href", "tel:999"
    )
    assert language_of(reply.get_by_role("list").first) == "en-GB"
    assert violations(welsh.page) == []


def test_the_header_leads_from_one_language_to_the_other(page: Page) -> None:
    page.goto("/?flow=new_concern")
    link = page.get_by_role("banner").get_by_role("link", name="Cymraeg")
    assert language_of(link) == "cy"
    link.click()
    expect(page).to_have_url(re.compile(r"/\?flow=new_concern&language=cy$"))
    back = page.get_by_role("banner").get_by_role("link", name="English")
    assert language_of(back) == "en-GB"
    back.click()
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")


def test_the_foot_of_the_chat_changes_its_language_and_the_conversation_goes_on(
    chat: ChatPage, page: Page
) -> None:
    chat.ask(INTERPRETING)
    page.get_by_role("button", name="Cymraeg").click()
    welsh = WelshChat(page)
    expect(welsh.replies).to_have_count(2)
    expect(welsh.box).to_be_visible()
    expect(page.get_by_role("button", name="English")).to_be_focused()
    page.reload()
    expect(welsh.replies).to_have_count(2)
    page.get_by_role("button", name="English").click()
    expect(chat.box).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_without_scripts_the_start_page_is_in_welsh_too(page: Page, watch: Watch) -> None:
    watch.expected += ["ERR_FAILED"]
    page.route("**/widget.js", lambda route: route.abort())
    page.goto("/?language=cy")
    expect(page.get_by_label(WELSH.pages.your_question)).to_be_visible()
    expect(page.get_by_text(WELSH.translation.unchecked)).to_be_visible()
    expect(page.get_by_text(PHRASES.translation.unchecked)).to_be_visible()

"""The whole journey without a mouse: Tab, arrows, Space, Enter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import ChatPage

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

FOCUSED = """() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    return {
        name: (at.ariaLabel ?? at.labels?.[0]?.textContent ?? at.textContent).trim(),
        ring: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none",
        seen: box.bottom > 0 && box.top < innerHeight,
        size: Math.min(box.width, box.height),
        inline: style.display === "inline",
    };
}"""


def tab_to(page: Page, name: str, limit: int = 80) -> None:
    """Tabs on to what is called `name`, up to any colon: every stop is visible and large enough."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        assert stop["ring"], f"no visible focus on {stop['name']!r}"
        assert stop["seen"], f"focus is out of sight on {stop['name']!r}"
        assert stop["inline"] or stop["size"] >= 24, f"too small a target: {stop['name']!r}"
        if stop["name"].partition(":")[0] == name:
            return
    raise AssertionError(f"Tab never reaches {name!r}")


def test_the_consent_flow_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    chat = ChatPage(page).greeted()
    tab_to(page, "Your question or answer")
    page.keyboard.type("can I share this without consent")
    page.keyboard.press("Enter")
    expect(chat.last.get_by_role("radio").first).to_be_visible()
    expect(chat.box).to_be_focused()

    before = chat.replies.count()
    chat.last.focus()
    while chat.last.get_by_role("radio").count():
        tab_to(page, chat.last.locator("label").first.inner_text())
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        tab_to(page, "Continue")
        page.keyboard.press("Enter")
        before += 1
        expect(chat.replies).to_have_count(before)
        expect(chat.last).to_be_focused()

    grounds = chat.last.get_by_role("listitem").locator("summary").first.text_content() or ""
    tab_to(page, grounds.strip().partition(":")[0])
    page.keyboard.press("Enter")
    tab_to(page, "Read in context")
    tab_to(page, "Your answers")
    page.keyboard.press("Enter")
    tab_to(page, "Download for Word")
    with page.expect_download():
        page.keyboard.press("Enter")
    tab_to(page, "Delete my conversation")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Delete my conversation")).to_be_focused()


def test_focus_can_skip_to_the_main_content(page: Page) -> None:
    page.goto("/sources/003")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="All sources")).to_be_focused()

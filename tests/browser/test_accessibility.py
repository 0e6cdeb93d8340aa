"""WCAG 2.2 AA as far as a machine can tell, in every state and every scheme of colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypedDict

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.chat import ChatPage
from tests.browser.conftest import Watch
from tests.browser.waiting import held

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["cat.color"]
INTERPRETING = "does a partner interpreting for mum count as ok"


SPACED_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
    const roots = [document, document.querySelector("first-principles-chat")?.shadowRoot];
    for (const root of roots) root?.adoptedStyleSheets.push(sheet);
    return document.scrollingElement.scrollWidth > innerWidth;
}"""
MOVING = "chat => chat.shadowRoot.getAnimations().length"


class Media(TypedDict):
    color_scheme: Literal["light", "dark"]
    forced_colors: Literal["active", "none"]


SCHEMES: dict[str, Media] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
PAGES = (
    "/",
    "/chat",
    "/sources",
    "/sources?q=recording",
    "/sources/003",
    "/privacy",
    "/accessibility",
    "/sources/none",
    "/induction",
    "/induction/partnership",
    "/induction/record",
    "/induction/certificate",
    "/induction/refresher",
)


def answered(chat: ChatPage) -> None:
    chat.ask(INTERPRETING)


def not_covered(chat: ChatPage) -> None:
    chat.ask("what is the weather")


def rated(chat: ChatPage) -> None:
    chat.ask(INTERPRETING).get_by_role("button", name="No, it did not").click()


def walked(chat: ChatPage) -> None:
    chat.ask("can I share this without consent")
    chat.answer("No").get_by_text("Your answers").click()


def ended(chat: ChatPage) -> None:
    chat.ask("can I share this without consent")
    while chat.last.get_by_role("radio").count():
        chat.answer(chat.last.locator("label").first.inner_text())
    chat.last.get_by_text("Your answers").click()


def in_danger(chat: ChatPage) -> None:
    chat.ask("he has a knife and she is not breathing")


def redacted(chat: ChatPage) -> None:
    chat.ask("What should I record about Marcus Whitfield?")


def complaining(chat: ChatPage) -> None:
    chat.box.press("Enter")
    expect(chat.problem).to_be_visible()


def deleting(chat: ChatPage) -> None:
    chat.page.get_by_role("button", name="Delete my conversation").click()


STATES: tuple[Callable[[ChatPage], None], ...] = (
    answered,
    not_covered,
    rated,
    walked,
    ended,
    in_danger,
    redacted,
    complaining,
    deleting,
)


def violations(page: Page) -> list[str]:
    """Each with the elements concerned: every rule once, those on colour in every scheme."""
    found = []
    for scheme, media in SCHEMES.items():
        page.emulate_media(**media)
        rules = ALL_RULES if scheme == "light" else COLOUR_RULES
        for each in Axe().run(page, options={"runOnly": rules}).response["violations"]:
            places = ", ".join(str(node["target"]) for node in each["nodes"])
            found.append(f"{scheme}: {each['id']} ({each['help']}) at {places}")
    return found


def spills_when_narrow(page: Page) -> bool:
    """Whether it has to be scrolled sideways at 400 % zoom and with the text spaced out."""
    page.set_viewport_size({"width": 320, "height": 256})
    return bool(page.evaluate(SPACED_OUT))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_rule_is_broken_in_the_chat(chat: ChatPage, state: Callable[[ChatPage], None]) -> None:
    state(chat)
    assert violations(chat.page) == []
    assert not spills_when_narrow(chat.page)


@pytest.mark.parametrize("path", PAGES)
def test_no_rule_is_broken_on_the_page(page: Page, path: str, watch: Watch) -> None:
    watch.expected += ["404"]
    page.goto(path)
    assert violations(page) == []
    assert not spills_when_narrow(page)


def test_nothing_moves_for_whoever_asked_for_less_motion(chat: ChatPage, page: Page) -> None:
    with held(page, "**/messages") as asked:
        chat.box.fill(INTERPRETING)
        chat.box.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Looking in the sources")).to_be_visible()
    widget = page.locator("first-principles-chat")
    assert widget.evaluate(MOVING) == 1
    page.emulate_media(reduced_motion="reduce")
    assert widget.evaluate(MOVING) == 0
    asked.goes_on()
    expect(chat.replies).to_have_count(2)


def test_a_journey_reads_in_order(chat: ChatPage) -> None:
    """As assistive technology receives it: who said what, the quote before where it stands."""
    chat.ask(INTERPRETING)
    expect(chat.log).to_match_aria_snapshot(
        """
        - log "Conversation":
          - group "Reply"
          - 'heading "You said: does a partner interpreting for mum count as ok" [level=3]'
          - group "Reply":
            - figure "Quotation from Safeguarding Partnership Principles, Principle 2":
              - blockquote
              - text: /Safeguarding Partnership Principles/
              - link /Read in context.*opens in a new tab/
            - paragraph
            - group "Did this help?":
              - button "Yes, it helped"
              - button "No, it did not"
        """
    )
    chat.ask("can I share this without consent")
    expect(chat.last).to_match_aria_snapshot(
        """
        - group "Reply":
          - group /immediate danger/:
            - radio "Yes"
            - radio "Not sure"
            - radio "No"
            - button "Continue"
          - list:
            - listitem:
              - button "Stop"
          - button "Copy a link to this question"
        """
    )

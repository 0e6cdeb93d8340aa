"""The same assistant for a browser in which scripts are off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.assistant import Assistant
from tests.browser.conftest import Tab

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

DANGER = "he has a knife and she is not breathing"
NARROW: ViewportSize = {"width": 320, "height": 640}
BOX = "Your question or answer"
Posts = list[str]


@pytest.fixture
def page(tab: Tab, assistant: Assistant) -> Page:
    return tab(assistant.url, java_script_enabled=False)


@pytest.fixture
def posts(page: Page) -> Posts:
    """Every form that the browser has sent, by its address."""
    sent: Posts = []
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    return sent


def ask(page: Page, text: str) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill(text)
    press(page, "Send")


def press(page: Page, name: str) -> None:
    """The first button of this name, and the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()


def sends_nothing(posts: Posts, *acts: Callable[[], object]) -> None:
    before = list(posts)
    for act in acts:
        act()
    assert posts == before


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def test_a_question_is_answered_by_form(page: Page, posts: Posts) -> None:
    ask(page, "does a partner interpreting for mum count as ok")
    expect(page.get_by_role("figure").first).to_contain_text("Safeguarding Partnership Principles")
    sends_nothing(posts, page.reload, page.go_back, page.go_forward)
    expect(heading(page)).to_have_text("does a partner interpreting for mum count as ok")
    press(page, "Yes, it helped")
    expect(page.get_by_role("status")).to_have_text("Thank you. Your answer is counted.")
    follow(page, "Delete my conversation")
    follow(page, "No, keep it")
    follow(page, "Delete my conversation")
    press(page, "Yes, delete it")
    expect(heading(page)).to_have_text("Your conversation is deleted")
    assert page.context.cookies() == []
    sends_nothing(posts, page.reload, page.go_back)
    expect(heading(page)).to_have_text("This conversation cannot be shown")


def test_a_flow_is_walked_by_form_to_its_record(page: Page, posts: Posts) -> None:
    page.goto("/?flow=share_without_consent")
    press(page, "Can I share this information without consent?")
    page.get_by_role("radio").last.check()
    press(page, "Continue")
    second = page.url
    sends_nothing(posts, page.go_back)
    expect(page.locator(".step").get_by_role("radio").last).to_be_checked()
    sends_nothing(posts, page.go_forward)
    assert page.url == second
    steps = page.locator(".step").get_by_role("radio")
    while steps.count():
        steps.last.check()
        press(page, "Continue")
    expect(page.get_by_text("Earlier in this conversation")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("button", name="Download for Word").click()
    assert file.value.suggested_filename.endswith("decision record.docx")
    press(page, "Open to print")
    expect(heading(page)).to_contain_text("ecord")
    sends_nothing(posts, page.reload, page.go_back)
    page.get_by_text("Your answers", exact=True).click()
    press(page, "Change")
    expect(steps.last).to_be_checked()
    press(page, "Stop")
    expect(heading(page)).to_have_text("Stop")


@pytest.mark.parametrize("after", ["", ". It goes on and on" * 60])
def test_danger_is_in_sight_on_a_narrow_screen_and_can_be_rung(
    page: Page, posts: Posts, after: str
) -> None:
    page.set_viewport_size(NARROW)
    ask(page, DANGER + after)
    ring = page.get_by_role("main").get_by_role("link", name="999").first
    expect(ring).to_be_in_viewport(ratio=1)
    expect(ring).to_have_attribute("href", "tel:999")
    sends_nothing(posts, page.reload, page.go_back, page.go_forward)
    expect(ring).to_be_in_viewport(ratio=1)


def test_what_cannot_be_taken_is_said_on_a_page_and_given_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill("record " * 300)
    press(page, "Send")
    expect(page.get_by_role("alert")).to_contain_text("2,000")
    expect(page.get_by_label(BOX)).to_have_value("record " * 300)
    page.get_by_label(BOX).fill("what is a chronology")
    press(page, "Send")
    expect(heading(page)).to_have_text("what is a chronology")


def test_the_box_is_wide_and_four_lines_high(page: Page) -> None:
    page.set_viewport_size(NARROW)
    ask(page, "what is a chronology")
    expect(heading(page)).to_have_text("what is a chronology")
    box, main = (each.bounding_box() for each in (page.get_by_label(BOX), page.get_by_role("main")))
    assert box
    assert main
    assert box["width"] == main["width"]
    assert box["height"] > 4 * 24

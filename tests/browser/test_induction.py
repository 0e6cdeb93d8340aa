"""Induction in a real browser: with the keyboard alone, and going on in the chat."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.induction import read_programme
from bot.induction.codes import find
from bot.settings import HOME
from tests.browser.chat import ChatPage
from tests.browser.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

PROGRAMME = read_programme(HOME / "data" / "induction")
CHILD_FIRST, PARTNERSHIP = PROGRAMME.modules[0], PROGRAMME.modules[3]


def tab_until(page: Page, selector: str) -> None:
    """Press Tab until what has the focus matches the selector."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def test_a_module_is_finished_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/induction")
    tab_until(page, "a[href='/induction/partnership']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(PARTNERSHIP.title)
    for question in PARTNERSHIP.quiz:
        name = f"{PARTNERSHIP.id}/{question.id}"
        if question.kind == "order":
            for option in question.shown:
                tab_until(page, f"[name='{name}/{option.id}']")
                page.keyboard.press(str(question.answer.index(option.id) + 1))
        elif question.kind == "multiple":
            for option in question.shown:
                tab_until(page, f"[name='{name}']")
                if option.right:
                    page.keyboard.press("Space")
        else:
            tab_until(page, f"[name='{name}']")
            page.keyboard.press("Space")
            for _ in range([o.id for o in question.shown].index(question.answer[0])):
                page.keyboard.press("ArrowDown")
    tab_until(page, "main button:not([name]):last-of-type")
    page.keyboard.press("Enter")
    count = len(PARTNERSHIP.quiz)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{count} of {count} right")
    assert violations(page) == []


def test_a_learner_goes_on_in_the_chat_with_the_same_code(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/induction")
    page.get_by_role("button", name="Give me a code").click()
    code = find(page.get_by_text(re.compile(r"^([A-Z]{4}-){4}")).inner_text())
    assert code
    page.goto("/induction/child_first")
    for question in CHILD_FIRST.quiz:
        for option in question.answer:
            page.locator(f"[id='child_first/{question.id}/{option}']").check()
    page.get_by_role("button", name="Check my answers").click()

    page.goto("/")
    chat = ChatPage(page).greeted()
    expect(chat.ask(f"continue with {code}")).to_contain_text("4 of 4")

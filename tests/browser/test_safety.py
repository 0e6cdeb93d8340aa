"""Danger and personal data, as they look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import ChatPage
from tests.browser.conftest import Watch
from tests.browser.waiting import held

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

DANGER = "he has a knife and she is not breathing"


def test_a_safety_message_comes_first_stands_out_and_stays(chat: ChatPage, page: Page) -> None:
    chat.ask("can I share this without consent")
    reply = chat.ask(DANGER)
    expect(reply).to_contain_text("999")
    expect(reply.get_by_role("link", name="999").first).to_have_attribute("href", "tel:999")
    chat.press("not an emergency")
    expect(chat.last.get_by_role("radio").first).to_be_visible()
    kept = page.get_by_role("region", name="Safety")
    expect(kept).to_contain_text("999")
    page.reload()
    expect(kept).to_contain_text("999")


def test_danger_is_answered_where_no_conversation_can_be_begun(page: Page, watch: Watch) -> None:
    watch.expected += ["503", "401"]
    problem = {"type": "x", "title": "No database", "status": 503, "detail": "Wait a minute."}
    page.route("**/api/v1/conversations", lambda route: route.fulfill(status=503, json=problem))
    page.goto("/")
    chat = ChatPage(page)
    expect(chat.problem).to_contain_text("Wait a minute.")
    chat.box.fill("who keeps the chronology")
    chat.box.press("Enter")
    expect(chat.problem).to_contain_text("Wait a minute.")
    chat.box.fill(DANGER)
    chat.box.press("Enter")
    expect(chat.last).to_contain_text("Call 999 now")
    expect(chat.last.get_by_role("link", name="Call 999")).to_be_in_viewport()


def test_danger_typed_before_the_chat_has_opened_is_answered(page: Page, watch: Watch) -> None:
    """Nothing that is typed is dropped: what is no danger waits for the conversation."""
    watch.expected += ["401"]
    with held(page, "**/api/v1/conversations") as begun:
        page.goto("/")
    chat = ChatPage(page)
    for text in (DANGER, "who should see the child"):
        chat.box.fill(text)
        chat.box.press("Enter")
        expect(chat.box).to_have_value("")
    expect(chat.last).to_contain_text("Call 999 now")
    begun.goes_on()
    expect(chat.replies).to_have_count(3)
    expect(chat.last.get_by_role("figure").first).to_be_visible()
    expect(chat.replies.first).to_contain_text("Choose what you want to work through")


def test_yes_to_danger_gets_999_though_the_conversation_was_removed_elsewhere(
    chat: ChatPage, page: Page
) -> None:
    chat.start("Can I share this information without consent?")
    removed = page.evaluate(
        """async () => {
            const { id, token } = JSON.parse(Object.values(sessionStorage)[0]);
            const headers = { Authorization: `Bearer ${token}` };
            const reply = await fetch(`api/v1/conversations/${id}`, { method: "DELETE", headers });
            return reply.status;
        }"""
    )
    assert removed == 204
    expect(chat.answer("Yes")).to_contain_text("Call 999 now")


def test_personal_data_is_taken_out_and_the_person_told(chat: ChatPage) -> None:
    reply = chat.ask("What should I record about Marcus Whitfield, NHS number 943 476 5919?")
    expect(reply).to_contain_text("personal data")
    expect(reply).not_to_contain_text("Whitfield")
    expect(reply).not_to_contain_text("943")

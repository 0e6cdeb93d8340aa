"""Danger and personal data, as they look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import ChatPage

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


def test_personal_data_is_taken_out_and_the_person_told(chat: ChatPage) -> None:
    reply = chat.ask("What should I record about Marcus Whitfield, NHS number 943 476 5919?")
    expect(reply).to_contain_text("personal data")
    expect(reply).not_to_contain_text("Whitfield")
    expect(reply).not_to_contain_text("943")

"""A reply in parts, as it looks: replies of the renderers, put in the place of the assistant's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from bot.choices import Choice
from bot.messages import MESSAGES, Message, TextMessage
from bot.understanding.safety.classifier import Alert
from knowledge import Answer
from tests.browser.chat import ChatPage
from tests.browser.test_accessibility import spills_when_narrow, violations
from tests.browser.test_first_screen import stands_above
from tests.shipped import ANSWERS, FLOWS, PHRASES, READINGS, SAFETY_RENDERER, answered

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

TELEPHONE = ViewportSize(width=390, height=844)
FIRST, SECOND = "who keeps the chronology", "what does it cost"
OTHERS = (Choice("start", "new_concern"), Choice("do", "answer"))
DID_YOU_MEAN = PHRASES.replies.did_you_mean
CAUTION = SAFETY_RENDERER.first(Alert("self_harm", certain=False))
CLOSEST = READINGS.added(
    ANSWERS.message(
        replace(answered("003.2.3.4"), confidence="closest"), ["record_keeping"], numbers_free=True
    ),
    OTHERS,
    numbers_free=True,
)
TWO_ASKS: list[Message] = [
    ANSWERS.message(answered("003.2.3.4"), ["record_keeping"], FIRST, numbers_free=False),
    ANSWERS.message(Answer("not_in_sources"), [], SECOND, numbers_free=True),
]
BEGUN = READINGS.added(TextMessage(text="Begun."), OTHERS, numbers_free=True)


def told(chat: ChatPage, messages: Sequence[Message]) -> Locator:
    """The reply that these messages make."""
    body = {"turn": 1, "messages": MESSAGES.dump_python(list(messages), mode="json")}
    chat.page.route("**/messages", lambda route: route.fulfill(json=body), times=1)
    return chat.ask(f"{FIRST}, and {SECOND}")


def test_what_is_only_nearest_says_so_then_quotes_then_whom_to_ask(chat: ChatPage) -> None:
    reply = told(chat, [CLOSEST])
    parts = (
        reply.get_by_text(PHRASES.answers.closest),
        reply.get_by_role("figure"),
        reply.get_by_role("button", name=FLOWS["record_keeping"].title),
        reply.get_by_role("heading", name="Who to ask"),
        reply.get_by_role("heading", name=DID_YOU_MEAN),
    )
    assert all(stands_above(one, other) for one, other in pairwise(parts))


@pytest.mark.parametrize("messages", [[CLOSEST], [BEGUN]], ids=["answer", "text"])
def test_another_reading_is_one_tap_away_and_offered_once(
    chat: ChatPage, messages: list[Message]
) -> None:
    reply = told(chat, messages)
    assert reply.get_by_role("button", name=FLOWS["new_concern"].title).count() == 1
    body = {"turn": 2, "messages": [TextMessage(text="Answered.").model_dump()]}
    chat.page.route("**/messages", lambda route: route.fulfill(json=body), times=1)
    with chat.page.expect_request("**/messages") as sent:
        chat.press(PHRASES.flows.answer_label)
    assert sent.value.post_data_json == {"choice": "do:answer", "language": "en-GB"}
    expect(chat.last).to_be_focused()
    expect(chat.log.get_by_role("heading", name=DID_YOU_MEAN)).to_have_count(0)


def test_each_of_two_answers_has_the_words_that_it_answers_as_its_heading(chat: ChatPage) -> None:
    reply = told(chat, TWO_ASKS)
    headings = reply.get_by_role("heading", level=4).filter(has_text="You asked")
    expect(headings).to_have_text([f"You asked: “{FIRST}”", f"You asked: “{SECOND}”"])


def test_possible_danger_leaves_the_answer_in_sight_on_a_telephone(
    chat: ChatPage, page: Page
) -> None:
    """Of all reasons self-harm names the most people."""
    page.set_viewport_size(TELEPHONE)
    reply = told(chat, [CAUTION, CLOSEST])
    for number in ("999", "116 123", "0800 1111"):
        expect(reply.get_by_role("link", name=number).first).to_be_in_viewport()
    expect(reply.get_by_text(PHRASES.answers.closest)).to_be_in_viewport()
    expect(reply.get_by_role("figure")).to_be_in_viewport()
    expect(page.get_by_role("region", name="Safety")).to_have_count(0)


@pytest.mark.parametrize(
    "messages",
    [[CAUTION, CLOSEST], TWO_ASKS, [BEGUN]],
    ids=["caution and nearest", "two asks", "other readings"],
)
def test_no_rule_is_broken(chat: ChatPage, messages: list[Message]) -> None:
    told(chat, messages)
    assert violations(chat.page) == []
    assert not spills_when_narrow(chat.page)

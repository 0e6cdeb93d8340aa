"""What goes wrong, and what the person is told to do about it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.chat import ChatPage
from tests.browser.conftest import Watch
from tests.browser.waiting import held

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

INTERPRETING = "does a partner interpreting for mum count as ok"
MESSAGES = "**/messages"


def test_a_lost_network_loses_no_message(
    chat: ChatPage, context: BrowserContext, watch: Watch
) -> None:
    watch.expected += ["ERR_INTERNET_DISCONNECTED"]
    context.set_offline(True)
    chat.box.fill(INTERPRETING)
    chat.box.press("Enter")
    expect(chat.problem).to_contain_text("Check your connection")
    context.set_offline(False)
    chat.problem.get_by_role("button", name="Try again").click()
    expect(chat.last).to_contain_text("Safeguarding Partnership Principles")
    expect(chat.problem).to_have_count(0)
    expect(chat.log.get_by_role("heading", name=INTERPRETING)).to_have_count(1)


def test_a_reply_lost_on_the_way_is_fetched_and_not_made_twice(
    chat: ChatPage, page: Page, watch: Watch
) -> None:
    watch.expected += ["ERR_FAILED"]
    turns: list[int] = []

    def lose_the_reply(route: Route) -> None:
        turns.append(route.fetch().json()["turn"])
        route.abort()

    page.route(MESSAGES, lose_the_reply, times=1)
    chat.box.fill(INTERPRETING)
    chat.box.press("Enter")
    with page.expect_response(MESSAGES) as again:
        chat.problem.get_by_role("button", name="Try again").click()
    assert [again.value.json()["turn"]] == turns
    expect(chat.last).to_contain_text("Safeguarding Partnership Principles")


def test_too_many_messages_are_told_when_to_go_on(chat: ChatPage, page: Page, watch: Watch) -> None:
    watch.expected += ["429"]
    detail = "Wait 12 seconds, then send your message again."
    problem = {"type": "x", "title": "Too many messages", "status": 429, "detail": detail}
    page.route(
        MESSAGES,
        lambda route: route.fulfill(
            status=429, content_type="application/problem+json", body=json.dumps(problem)
        ),
        times=1,
    )
    chat.box.fill(INTERPRETING)
    chat.box.press("Enter")
    expect(chat.problem).to_contain_text(detail)
    chat.problem.get_by_role("button", name="Try again").click()
    expect(chat.last).to_contain_text("Safeguarding Partnership Principles")


def test_a_text_too_long_is_counted_refused_and_given_back(
    chat: ChatPage, page: Page, watch: Watch
) -> None:
    watch.expected += ["422"]
    chat.box.fill("record " * 230)
    expect(page.get_by_text("390 characters left").first).to_be_visible()
    text = "record " * 290
    chat.box.fill(text)
    expect(page.get_by_text("30 characters too many").first).to_be_visible()
    chat.box.press("Enter")
    expect(chat.problem).to_contain_text("2,000")
    expect(chat.box).to_have_value(text.strip())
    expect(chat.box).to_have_attribute("aria-invalid", "true")


def test_nothing_typed_is_said_so(chat: ChatPage) -> None:
    chat.box.press("Enter")
    expect(chat.problem).to_contain_text("Type a question first.")
    expect(chat.box).to_be_focused()


def test_a_step_without_an_answer_is_said_so(chat: ChatPage) -> None:
    reply = chat.ask("can I share this without consent")
    reply.get_by_role("button", name="Continue").click()
    expect(reply.get_by_role("alert")).to_have_text("Error: Choose one of the answers first.")
    expect(reply.get_by_role("radio").first).to_be_focused()


def test_a_conversation_that_is_over_says_so_and_begins_again(
    chat: ChatPage, page: Page, watch: Watch
) -> None:
    watch.expected += ["401"]
    page.evaluate(
        """() => {
            const [name, kept] = Object.entries(sessionStorage)[0];
            sessionStorage.setItem(name, kept.replace(/"token":"[^"]*"/, '"token":"over"'));
        }"""
    )
    page.reload()
    expect(chat.problem).to_contain_text("This conversation has ended")
    page.get_by_role("button", name="Start a new conversation").click()
    chat.greeted().ask(INTERPRETING)


def test_no_message_waits_for_the_reply_to_the_one_before(chat: ChatPage, page: Page) -> None:
    with held(page, MESSAGES) as first:
        chat.box.fill(INTERPRETING)
        chat.box.press("Enter")
    waiting = page.get_by_role("status").filter(has_text="Looking in the sources")
    expect(waiting).to_be_visible()
    expect(chat.ask("she is not breathing")).to_contain_text("999")
    expect(waiting).to_be_visible()
    first.goes_on()
    expect(chat.replies).to_have_count(3)
    expect(waiting).to_have_count(0)


def test_a_message_refused_because_of_the_one_before_is_sent_again(
    chat: ChatPage, page: Page, watch: Watch
) -> None:
    watch.expected += ["409"]
    problem = {"type": "x", "title": "Another turn", "status": 409, "detail": "Wait."}
    page.route(MESSAGES, lambda route: route.fulfill(status=409, json=problem), times=1)
    expect(chat.ask(INTERPRETING)).to_contain_text("Safeguarding Partnership Principles")
    expect(chat.problem).to_have_count(0)


def test_a_choice_waits_for_the_reply(chat: ChatPage, page: Page) -> None:
    offered = chat.ask(INTERPRETING).get_by_role("listitem").get_by_role("button").last
    with held(page, MESSAGES) as first:
        chat.box.fill(INTERPRETING)
        chat.box.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Looking in the sources")).to_be_visible()
    offered.click()
    first.goes_on()
    expect(chat.replies).to_have_count(3)
    expect(chat.last).to_contain_text("Safeguarding Partnership Principles")

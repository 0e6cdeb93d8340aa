"""How long a person waits for the widget itself. Figures are printed, not judged."""

from __future__ import annotations

import statistics

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import ChatPage
from tests.browser.waiting import held

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

TURNS = 5
# Milliseconds from sending to the first frame with the reply, less those the request took.
OWN_TIME = """async (text) => {
    const root = document.querySelector("first-principles-chat").shadowRoot;
    const log = root.querySelector("[role=log]");
    const box = root.querySelector("textarea");
    const drawn = new Promise((done) => {
        new MutationObserver((_, observer) => {
            if (!log.lastElementChild.matches(".reply")) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now())));
        }).observe(log, { childList: true });
    });
    performance.clearResourceTimings();
    const sent = performance.now();
    box.value = text;
    box.form.requestSubmit();
    const seen = await drawn;
    const [request] = performance
        .getEntriesByType("resource")
        .filter(({ name }) => name.endsWith("/messages"));
    return seen - sent - request.duration;
}"""


def test_the_time_from_sending_to_seeing_is_printed(chat: ChatPage, page: Page) -> None:
    question = "does a partner interpreting for mum count as ok"
    times = [page.evaluate(OWN_TIME, question) for _ in range(TURNS)]
    expect(chat.replies).to_have_count(TURNS + 1)
    print(
        f"send to rendered, over the API's own time: median {statistics.median(times):.0f} ms, "
        f"longest {max(times):.0f} ms of {TURNS} turns"
    )


def test_the_page_stands_before_the_assistant_answers(page: Page) -> None:
    with held(page, "**/api/v1/conversations") as begun:
        page.goto("/")
    chat = ChatPage(page)
    expect(chat.box).to_be_editable()
    expect(page.get_by_text("Do not type names").last).to_be_visible()
    expect(chat.replies).to_have_count(0)
    begun.goes_on()
    chat.greeted()

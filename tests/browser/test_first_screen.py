"""What a person under pressure sees first: on a phone, of each kind of reply."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from bot.flows import Outcome, TellOutcome, Walk
from bot.messages import MESSAGES, AnswerMessage, Message, SafetyReason
from bot.understanding.safety.classifier import Alert
from knowledge import Answer
from knowledge.quotes import Quote
from tests.browser.chat import ChatPage
from tests.browser.conftest import Watch
from tests.record.walked import refused
from tests.shipped import ANSWERS, FLOW_RENDERER, FLOWS, LIBRARY, PHRASES, SAFETY_RENDERER, answered

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

PHONE = ViewportSize(width=390, height=844)
ASKED = "who keeps the chronology"
LARGE_PX = 24
ABOVE = """(one, other) =>
    one.getBoundingClientRect().bottom <= other.getBoundingClientRect().top"""
# Of several sentences each, one of which answers.
TWO = ("002.P2", "003.2.6.1")
# Longer than a phone's screen.
LONG = "002.ICB"


def told(chat: ChatPage, *messages: Message) -> Locator:
    """The reply that these messages make, on a phone."""
    chat.page.set_viewport_size(PHONE)
    body = {"turn": 1, "messages": MESSAGES.dump_python(list(messages), mode="json")}
    chat.page.route("**/messages", lambda route: route.fulfill(json=body), times=1)
    return chat.ask(ASKED)


def answer(*passages: str) -> AnswerMessage:
    """With the second sentence of each passage marked as the one that answers."""
    found = answered(*passages)
    quotes = tuple(marked(each) for each in found.quotes)
    message = ANSWERS.message(replace(found, quotes=quotes), [], numbers_free=True)
    assert isinstance(message, AnswerMessage)
    return message


def marked(quote: Quote) -> Quote:
    start = quote.text.index(". ") + 2
    end = quote.text.index(".", start) + 1
    return quote.model_copy(update={"marks": ((start, end),)})


def words(quotes: Locator) -> list[str]:
    """The text of each quotation as it is in the page, what is folded away among it."""
    return quotes.locator("blockquote > p").all_text_contents()


def stands_above(one: Locator, other: Locator) -> bool:
    """Whether it ends where the other begins or before, both measured at one time."""
    return bool(one.evaluate(ABOVE, other.element_handle()))


def size_of(text: Locator) -> float:
    return float(text.evaluate("each => parseFloat(getComputedStyle(each).fontSize)"))


def test_an_answer_opens_with_the_sentences_that_answer_in_large(chat: ChatPage) -> None:
    message = answer(*TWO)
    reply = told(chat, message)
    start, end = message.quotes[0].marks[0]
    sentence = reply.get_by_text(message.quotes[0].text[start:end], exact=True).first
    expect(sentence).to_be_in_viewport()
    assert size_of(sentence) >= 20
    expect(chat.log.get_by_role("heading", name=ASKED)).to_be_in_viewport()


def test_the_rest_of_a_long_passage_is_one_tap_away_and_every_word_is_there(chat: ChatPage) -> None:
    message = answer(LONG, TWO[1])
    reply = told(chat, message)
    first = reply.get_by_role("blockquote").first
    before = first.inner_text()
    reply.get_by_role("button", name=PHRASES.widget.whole_passage).click()
    shown = reply.get_by_role("button", name=PHRASES.widget.answer_only)
    expect(shown).to_have_attribute("aria-expanded", "true")
    assert len(before) < len(first.inner_text())
    assert [each.strip() for each in words(reply)] == [each.text.strip() for each in message.quotes]


def test_a_passage_that_fits_the_screen_is_shown_whole(chat: ChatPage) -> None:
    """The sentence that settles it may stand beside those that are marked."""
    message = answer(*TWO)
    shown = told(chat, message).get_by_role("blockquote").first.inner_text()
    assert "".join(shown.split()) == "".join(message.quotes[0].text.split())


def test_a_further_passage_is_one_tap_away_by_its_sentence(chat: ChatPage) -> None:
    message = answer(*TWO)
    reply = told(chat, message)
    second = message.quotes[1]
    expect(reply.get_by_role("figure")).to_have_count(1)
    start, end = second.marks[0]
    reply.get_by_text(f"“{second.text[start:end]}”").click()
    expect(reply.get_by_role("figure")).to_have_count(2)


def test_what_is_only_nearest_says_so_before_it_quotes(chat: ChatPage) -> None:
    closest = answer(TWO[1]).model_copy(
        update={"confidence": "closest", "opening": PHRASES.answers.closest}
    )
    reply = told(chat, closest)
    expect(reply.get_by_text(PHRASES.answers.closest)).to_be_in_viewport()
    expect(reply.get_by_role("blockquote")).to_be_in_viewport()


def test_an_outcome_says_its_verdict_in_large_and_who_decides(chat: ChatPage) -> None:
    message = refused()
    reply = told(chat, message)
    verdict = reply.get_by_text(message.verdict)
    expect(verdict).to_be_in_viewport(ratio=1)
    assert size_of(verdict) >= LARGE_PX
    expect(reply.get_by_text(PHRASES.outcomes["supported"], exact=True)).to_be_in_viewport()
    expect(reply.get_by_text(message.decides)).to_be_in_viewport(ratio=1)


def test_an_outcome_fits_two_screens_closed_and_everything_is_in_it(chat: ChatPage) -> None:
    message = refused()
    reply = told(chat, message)
    box = reply.bounding_box()
    assert box
    assert box["height"] <= 2 * PHONE["height"]
    for each in reply.locator("details").all():
        each.evaluate("details => details.open = true")
    quotes = [*message.quotes, *(quote for card in message.cards for quote in card.quotes)]
    assert [each.strip() for each in words(reply)] == [each.text.strip() for each in quotes]
    for card in message.cards:
        expect(reply.get_by_text(card.text, exact=True)).to_be_visible()
    for given in message.answers:
        expect(reply.get_by_text(given.answer, exact=True).first).to_be_visible()


def test_each_thing_to_check_is_said_once_and_first_what_the_law_changed(chat: ChatPage) -> None:
    message = refused()
    reply = told(chat, message)
    region = reply.get_by_role("region", name=PHRASES.widget.check_title)
    expect(region).to_have_count(1)
    region.get_by_text("to check").click()
    items = region.get_by_role("listitem")
    expect(items).to_have_count(len(message.checks))
    expect(items.first).to_contain_text(re.compile("^These texts are older than the law."))
    text = reply.inner_text()
    for check in message.checks:
        assert text.count(check.text) == 1
    assert text.count(PHRASES.quotations.not_from_sources) == 1


def test_a_refusal_says_so_in_large_and_whom_to_ask(chat: ChatPage) -> None:
    reply = told(chat, ANSWERS.message(Answer("not_in_sources"), [], numbers_free=True))
    said = reply.get_by_text(PHRASES.outcomes["not_covered"], exact=True)
    expect(said).to_be_in_viewport()
    assert size_of(said) >= LARGE_PX
    expect(reply.get_by_role("listitem").first).to_be_in_viewport()


@pytest.mark.parametrize("reason", get_args(SafetyReason))
def test_danger_is_a_number_to_press_before_anything_else(
    chat: ChatPage, reason: SafetyReason
) -> None:
    reply = told(chat, SAFETY_RENDERER.first(Alert(reason, certain=True)))
    call = reply.get_by_role("link", name=PHRASES.widget.call999)
    expect(call).to_be_in_viewport(ratio=1)
    expect(call).to_have_attribute("href", "tel:999")
    box = call.bounding_box()
    assert box
    assert box["height"] >= 44
    assert size_of(call) >= LARGE_PX


ACTS = [
    outcome
    for flow in FLOWS.values()
    for outcome in flow.outcomes.values()
    if outcome.kind == "safety"
]


@pytest.mark.parametrize("outcome", ACTS, ids=lambda outcome: f"{outcome.flow}/{outcome.id}")
def test_an_outcome_that_says_to_act_says_999_before_its_verdict(
    chat: ChatPage, outcome: Outcome
) -> None:
    message = FLOW_RENDERER.outcome(TellOutcome(outcome, Walk(outcome.flow)))
    reply = told(chat, message)
    call = reply.get_by_role("link", name=PHRASES.widget.call999)
    expect(call).to_be_in_viewport(ratio=1)
    assert stands_above(call, reply.get_by_text(message.verdict))
    parts = reply.locator(".alarm > h4, .alarm > p").all_inner_texts()
    assert " ".join(" ".join(parts).split()) == message.fixed


def test_what_is_folded_away_is_printed(chat: ChatPage, page: Page) -> None:
    message = answer(LONG, TWO[1])
    reply = told(chat, message)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for quote, shown in zip(message.quotes, reply.get_by_role("blockquote").all(), strict=True):
        assert "".join(shown.inner_text().split()) == "".join(quote.text.split())


@pytest.mark.parametrize("passage", ["003.2.3.8", "000.intro", "003.2.7.2"])
def test_a_quotation_is_laid_out_and_not_changed(chat: ChatPage, passage: str) -> None:
    """A number on a line of its own, the items of a list, emphasis between asterisks."""
    quote = LIBRARY.quote(passage)
    message = answer(TWO[1]).model_copy(update={"quotes": [quote]})
    reply = told(chat, message)
    assert words(reply) == [quote.text]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_box_comes_first_then_questions_to_tap(chat: ChatPage, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    chat.greeted()
    starters = [page.get_by_role("button", name=each) for each in PHRASES.widget.starters]
    assert len(starters) == 4
    expect(chat.box).to_be_in_viewport(ratio=1)
    expect(starters[0]).to_be_visible()
    assert stands_above(chat.box, starters[0])


def test_a_starter_is_asked_when_it_is_tapped(chat: ChatPage, page: Page) -> None:
    page.get_by_role("button", name=PHRASES.widget.starters[0]).click()
    expect(chat.replies).to_have_count(2)
    expect(chat.log.get_by_role("heading", name=PHRASES.widget.starters[0])).to_be_visible()
    expect(page.get_by_role("button", name=PHRASES.widget.starters[1])).to_be_hidden()


def test_another_area_is_picked_before_the_first_question(chat: ChatPage, page: Page) -> None:
    with page.expect_response(
        lambda reply: reply.url.endswith("/conversations") and reply.request.method == "POST"
    ) as begun:
        page.get_by_label(PHRASES.widget.area).select_option(label="Knowsley")
    assert begun.value.request.post_data_json == {"area": "knowsley", "mode": "guidance"}
    assert begun.value.status == 201
    chat.greeted()


def test_help_is_always_in_reach(chat: ChatPage, page: Page) -> None:
    page.set_viewport_size(PHONE)
    chat.ask("does a partner interpreting for mum count as ok")
    chat.last.get_by_role("group", name="Did this help?").scroll_into_view_if_needed()
    region = page.get_by_role("region", name="Ask a question")
    summary = region.get_by_text(PHRASES.widget.help_now)
    expect(summary).to_be_in_viewport(ratio=1)
    summary.click()
    expect(page.get_by_role("link", name=PHRASES.widget.call999)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_failed_send_is_seen_without_scrolling(
    chat: ChatPage, page: Page, watch: Watch, width: int
) -> None:
    watch.expected += ["429"]
    page.set_viewport_size({"width": width, "height": 640})
    chat.ask("does a partner interpreting for mum count as ok")
    problem = {"type": "x", "title": "Too many", "status": 429, "detail": "Wait 12 seconds."}
    page.route("**/messages", lambda route: route.fulfill(status=429, json=problem), times=1)
    chat.box.fill("who should see the child")
    chat.box.press("Enter")
    expect(chat.problem.get_by_text("Wait 12 seconds.")).to_be_in_viewport(ratio=1)
    expect(chat.problem.get_by_role("button", name="Try again")).to_be_in_viewport(ratio=1)


def test_a_reload_goes_on_at_the_last_reply(chat: ChatPage, page: Page) -> None:
    page.set_viewport_size(PHONE)
    chat.ask("does a partner interpreting for mum count as ok")
    chat.ask("who should see the child")
    page.reload()
    expect(chat.replies).to_have_count(3)
    expect(chat.last.locator(".message > *").first).to_be_in_viewport()


def test_a_walk_says_how_far_it_is_and_asks_again_with_the_old_answer(chat: ChatPage) -> None:
    first = chat.ask("can I share this without consent")
    expect(first).to_contain_text("Question 1. About")
    chat.answer("No")
    third = chat.answer("Yes")
    expect(third).to_contain_text("Question 3.")
    given = third.get_by_role("region", name=PHRASES.widget.answers_so_far)
    expect(given.get_by_role("definition").first).to_be_visible()
    again = chat.press("Change your answer to: Is a child, or anyone else, in immediate danger")
    expect(again).to_contain_text("Question 1.")
    expect(again.get_by_role("radio", name="No", exact=True)).to_be_checked()


def test_where_a_walk_goes_on_below_its_first_outcome_one_tap_leads_to_the_question(
    chat: ChatPage, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    chat.ask("I am worried about a child for the first time")
    chat.answer("No")
    reply = chat.answer("A child told me")
    onward = reply.get_by_role("button", name=PHRASES.widget.next_question)
    expect(onward).to_be_in_viewport(ratio=1)
    expect(reply.get_by_role("group", name="Have you told")).not_to_be_in_viewport()
    onward.click()
    bar = page.locator(".head .help > summary")
    assert stands_above(bar, reply.get_by_text("Question 3."))
    expect(reply.get_by_role("radio").first).to_be_focused()
    last = chat.answer("No")
    expect(page.get_by_role("button", name=PHRASES.widget.next_question)).to_have_count(0)
    expect(last).to_contain_text("referral")


def test_a_colleague_opens_the_link_to_a_step_without_the_answers(
    chat: ChatPage, page: Page
) -> None:
    chat.ask("can I share this without consent")
    second = chat.answer("No")
    asked = second.locator("legend").inner_text()
    second.get_by_role("button", name=PHRASES.widget.link_step).click()
    expect(page.get_by_role("status").filter(has_text=PHRASES.widget.link_copied)).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    theirs = page.context.new_page()
    theirs.goto(link)
    expect(theirs.get_by_role("heading", name=asked)).to_be_visible()
    expect(theirs.get_by_text(PHRASES.widget.answers_so_far)).to_have_count(0)
    theirs.get_by_role("link", name="Go through the questions yourself").click()
    expect(ChatPage(theirs).last).to_contain_text("Question 1.")


def test_deleting_is_a_quiet_way_out_with_a_red_confirmation(chat: ChatPage, page: Page) -> None:
    chat.ask("who should see the child")
    page.get_by_role("button", name="Delete my conversation").click()
    confirm = page.get_by_role("button", name="Yes, delete it")
    expect(confirm).to_have_css("background-color", "rgb(163, 21, 15)")


def test_after_deletion_the_ways_to_begin_are_there_again(chat: ChatPage, page: Page) -> None:
    flow = FLOWS["new_concern"]
    chat.ask("who should see the child")
    page.get_by_role("button", name="Delete my conversation").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text(PHRASES.widget.deleted)).to_be_visible()
    expect(page.get_by_role("heading", name=PHRASES.widget.starters_title)).to_be_visible()
    menu = page.get_by_role("group", name=PHRASES.widget.reply)
    menu.get_by_text(flow.task, exact=True).click()
    menu.get_by_role("button", name=flow.title).click()
    expect(chat.last).to_contain_text("Question 1.")


def test_on_a_zoomed_screen_danger_is_answered_at_the_top(chat: ChatPage, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    reply = chat.ask("he has a knife and she is not breathing")
    expect(reply.get_by_role("heading", name="999").first).to_be_in_viewport(ratio=1)


def test_an_answer_that_is_missing_is_told_above_the_answers(chat: ChatPage) -> None:
    reply = chat.ask("can I share this without consent")
    reply.get_by_role("button", name=PHRASES.widget.go_on).click()
    error = reply.get_by_role("alert")
    expect(error).to_have_text(f"{PHRASES.widget.error}{PHRASES.widget.choose_first}")
    assert stands_above(error, reply.get_by_role("radio").first)

"""Asking, walking and keeping: what a practitioner does on an ordinary day."""

from __future__ import annotations

import re
import zipfile

import docx
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.chat import ChatPage
from tests.browser.waiting import becomes
from tests.shipped import PHRASES

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

INTERPRETING = "does a partner interpreting for mum count as ok"
WITHOUT_CONSENT = "Can I share this information without consent?"
GIVEN = ("No", "Yes", "I want to share with another professional or agency", "Given")
ANONYMOUS = ("No", "No, no one could be identified")


def test_a_question_is_answered_with_a_quote_that_can_be_read_in_context(
    chat: ChatPage, context: BrowserContext
) -> None:
    quote = chat.ask(INTERPRETING).get_by_role("figure").filter(has_text="interpreter").first
    words = quote.locator("blockquote > p").text_content() or ""
    expect(chat.box).to_be_focused()
    expect(chat.box).to_have_value("")

    with context.expect_page() as opened:
        quote.get_by_role("link", name="Read in context").click()
    source = opened.value
    assert "/sources/002#" in source.url
    expect(source.locator(":target")).to_contain_text(words)
    expect(source.locator(":target")).to_be_in_viewport()


def test_a_walk_bends_and_ends_in_a_record(chat: ChatPage, page: Page) -> None:
    first = chat.start(WITHOUT_CONSENT)
    expect(first).to_contain_text("Question 1")
    asked = first.locator("legend").inner_text()
    second = chat.answer("No").locator("legend").inner_text()

    digression = chat.ask(INTERPRETING)
    expect(digression.get_by_role("figure").first).to_be_visible()
    expect(digression.locator("legend")).to_have_text(second)

    expect(chat.press("Go back").locator("legend")).to_have_text(asked)
    expect(chat.answer("No").locator("legend")).to_have_text(second)
    outcome = walk_to_the_end(chat)
    expect(
        outcome.get_by_text(re.compile("^The sources (support|point|do not)")).first
    ).to_be_visible()

    outcome.get_by_text("Your answers").click()
    changed = chat.press(f"Change your answer to: {second}")
    expect(changed.locator("legend")).to_have_text(second)
    outcome = walk_to_the_end(chat)

    with page.expect_download() as download:
        outcome.get_by_role("button", name="Download for Word").click()
    assert zipfile.is_zipfile(download.value.path())
    named = r"\d{4}-\d\d-\d\d Can I share this information without consent - decision record\.docx"
    assert re.fullmatch(named, download.value.suggested_filename)
    assert "§" in copied(page, outcome)
    expect(page.get_by_text("The record is copied.")).to_be_visible()
    with page.context.expect_page() as opened:
        outcome.get_by_role("button", name="Open to print").click()
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()


def test_the_first_of_two_outcomes_gives_its_own_record_also_after_a_reload(
    chat: ChatPage, page: Page
) -> None:
    for answers in (GIVEN, ANONYMOUS):
        page.goto("/?flow=share_without_consent")
        expect(chat.last).to_contain_text("Question 1")
        for answer in answers:
            chat.answer(answer)
        expect(chat.last.get_by_role("group", name="Record of this")).to_be_visible()
    assert answers_told(page) == [GIVEN[-1], ANONYMOUS[-1]]
    page.reload()
    assert answers_told(page) == [GIVEN[-1], ANONYMOUS[-1]]


def records(page: Page) -> Locator:
    return page.get_by_role("group", name="Record of this")


def answers_told(page: Page) -> list[str]:
    """The last answer in the record behind each outcome's buttons: as Word has it, as text and on
    the page to print, which all have to say the same."""
    told = []
    expect(records(page)).to_have_count(2)
    for group in records(page).all():
        with page.expect_download() as download:
            group.get_by_role("button", name="Download for Word").click()
        in_word = docx.Document(str(download.value.path())).tables[1].rows[-1].cells[1].text
        text = copied(page, group)
        with page.context.expect_page() as opened:
            group.get_by_role("button", name="Open to print").click()
        printed = opened.value.get_by_role("row").last.get_by_role("cell")
        expect(printed).to_have_text(in_word)
        opened.value.close()
        assert f"** {in_word}\n\n## Quotations" in text
        told.append(in_word)
    return told


def copied(page: Page, group: Locator) -> str:
    """The record as text, from a clipboard that held nothing."""
    page.evaluate("navigator.clipboard.writeText('')")
    group.get_by_role("button", name="Copy as text").click()
    becomes(page, "async () => (await navigator.clipboard.readText()) !== ''")
    return str(page.evaluate("navigator.clipboard.readText()"))


def walk_to_the_end(chat: ChatPage) -> Locator:
    """Takes the first answer of every step."""
    while chat.last.get_by_role("radio").count():
        chat.answer(first_label(chat))
    return chat.last


def first_label(chat: ChatPage) -> str:
    return chat.last.locator("label").first.inner_text()


def test_a_reload_brings_the_conversation_back(chat: ChatPage, page: Page) -> None:
    chat.ask(INTERPRETING)
    chat.ask("can I share this without consent")
    chat.answer("No")
    before = chat.log.inner_text()
    page.reload()
    expect(chat.replies).to_have_count(4)
    assert chat.log.inner_text() == before
    chat.answer(first_label(chat))


def test_a_link_starts_a_flow_once(page: Page) -> None:
    page.goto("/?flow=share_without_consent")
    chat = ChatPage(page)
    expect(chat.last).to_contain_text("Question 1")
    page.reload()
    expect(chat.last).to_contain_text("Question 1")
    expect(chat.replies).to_have_count(2)


def test_a_conversation_is_deleted_when_its_owner_says_so(chat: ChatPage, page: Page) -> None:
    chat.ask(INTERPRETING)
    page.get_by_role("button", name="Delete my conversation").click()
    page.get_by_role("button", name="No, keep it").click()
    expect(chat.replies).to_have_count(2)
    page.get_by_role("button", name="Delete my conversation").click()
    with page.expect_response(lambda response: response.request.method == "DELETE") as deleted:
        page.get_by_role("button", name="Yes, delete it").click()
    assert deleted.value.status == 204
    expect(chat.log).to_have_text("Your conversation is deleted.")
    expect(page.get_by_role("button", name=PHRASES.widget.starters[0])).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    chat.ask(INTERPRETING)


def test_leaving_deletes_and_goes(chat: ChatPage, page: Page) -> None:
    page.locator("first-principles-chat").evaluate("chat => chat.setAttribute('leave', '/sources')")
    chat.ask(INTERPRETING)
    with page.expect_request(lambda request: request.method == "DELETE"):
        page.get_by_role("button", name="Delete and leave this page").click()
    page.wait_for_url("**/sources")
    assert page.evaluate("sessionStorage.length") == 0


def test_whoever_says_no_is_asked_why_and_told_who_reads_it(chat: ChatPage, page: Page) -> None:
    box = chat.ask(INTERPRETING).get_by_role("group", name="Did this help?")
    expect(box).to_contain_text("These answers are counted.")
    box.get_by_role("button", name="No, it did not").click()
    box.get_by_label("It is out of date").check()
    with page.expect_response("**/api/v1/feedback") as sent:
        box.get_by_role("button", name="Send").click()
    assert sent.value.status == 204
    expect(box.get_by_text("Thank you. Your answer is counted.")).to_be_focused()


def test_a_line_break_is_typed_with_shift(chat: ChatPage) -> None:
    chat.box.fill("one")
    chat.box.press("Shift+Enter")
    chat.box.press_sequentially("two")
    expect(chat.box).to_have_value("one\ntwo")
    expect(chat.replies).to_have_count(1)


def test_markup_is_shown_as_it_was_typed(chat: ChatPage, page: Page) -> None:
    chat.ask("<img src=x onerror=alert(1)> recording")
    expect(chat.log.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    page.goto("/sources?q=%3Cscript%3Ealert(1)%3C/script%3E")
    expect(page.get_by_label("Search the sources")).to_have_value("<script>alert(1)</script>")

"""The pages of the induction in a real browser, with scripts and without: by keyboard, by touch."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from bot.induction import Module
from bot.induction.codes import find
from bot.induction.model import QuizQuestion
from tests.api.standins import Serve
from tests.browser.conftest import Tab
from tests.browser.test_accessibility import violations
from tests.shipped import LESSONS

pytestmark = pytest.mark.browser

PROGRAMME = LESSONS.programme
PARTNERSHIP = PROGRAMME.modules[3]
ORDERED = next(question for question in PARTNERSHIP.quiz if question.kind == "order")
PHONE: ViewportSize = {"width": 320, "height": 568}
TARGET = 44


@pytest.fixture
def address(serve: Serve) -> str:
    return str(serve(client_limit="60000/minute").base_url).rstrip("/")


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request: pytest.FixtureRequest, tab: Tab, address: str) -> Page:
    return tab(address, java_script_enabled=request.param)


@pytest.fixture
def phone(tab: Tab, address: str) -> Page:
    return tab(address, viewport=PHONE, has_touch=True)


@pytest.fixture
def scripted(tab: Tab, address: str) -> Page:
    return tab(address)


def answer(page: Page, module: Module, question: QuizQuestion) -> None:
    for number, option in enumerate(question.answer, 1):
        field = page.locator(f"[id='{module.id}/{question.id}/{option}']")
        if question.kind == "order":
            field.select_option(str(number))
        else:
            field.check()


def check_answers(page: Page) -> None:
    """What is filled in next has to be the form that comes back."""
    with page.expect_navigation():
        page.get_by_role("button", name="Check my answers").click()


def answer_all(page: Page, module: Module) -> None:
    for question in module.quiz:
        answer(page, module, question)
    check_answers(page)


def join(page: Page) -> str:
    page.goto("/induction")
    page.get_by_role("button", name="Give me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your code")
    code = find(page.get_by_role("main").inner_text())
    assert code
    return code


def test_the_code_stays_through_a_reload_and_from_the_overview_until_one_leaves(
    page: Page,
) -> None:
    code = join(page)
    page.reload()
    expect(page.get_by_text(code)).to_be_visible()
    page.get_by_role("link", name="Go to the modules").click()
    page.get_by_role("link", name="Your code").click()
    expect(page.get_by_text(code)).to_be_visible()
    page.goto("/induction")
    page.get_by_role("button", name="Leave on this device").click()
    expect(page.get_by_role("link", name="Your code")).to_have_count(0)


def test_what_is_left_out_is_told_at_the_top_with_the_focus(page: Page) -> None:
    page.goto(f"/induction/{PARTNERSHIP.id}")
    first, *rest = PARTNERSHIP.quiz
    for question in rest:
        answer(page, PARTNERSHIP, question)
    check_answers(page)
    expect(page).to_have_title(f"Error: {PARTNERSHIP.title} – Induction – First Principles")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page.locator(f"fieldset[data-name$='/{first.id}'] .error")).to_be_visible()
    summary.get_by_role("link").click()
    expect(page.locator(f"fieldset[data-name$='/{first.id}']")).to_be_in_viewport()
    answer(page, PARTNERSHIP, first)
    check_answers(page)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_title(f"5 of 5 right, passed – {PARTNERSHIP.title} – First Principles")


def order_by_keyboard(page: Page, *places: int) -> None:
    """Gives each line of the question on an order its place, and sends the quiz."""
    chosen = dict(zip(ORDERED.answer, places, strict=True))
    lines = [option.id for option in ORDERED.shown]
    page.locator(f"[id='{PARTNERSHIP.id}/{ORDERED.id}/{lines[0]}']").focus()
    for line in lines:
        page.keyboard.press(str(chosen[line]))
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Check my answers")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_order_is_given_by_the_keyboard_and_a_place_given_twice_is_told(page: Page) -> None:
    page.goto(f"/induction/{PARTNERSHIP.id}")
    for question in PARTNERSHIP.quiz:
        if question is not ORDERED:
            answer(page, PARTNERSHIP, question)
    order_by_keyboard(page, 1, 1, 2)
    expect(page.locator(".error-summary")).to_contain_text("Number 1 is given more")
    expect(page.locator(".error-summary")).to_be_focused()
    order_by_keyboard(page, 1, 2, 3)
    expect(page.get_by_role("heading", level=1)).to_contain_text("5 of 5 right")


def test_a_quiz_fits_a_small_phone_and_a_thumb(phone: Page) -> None:
    phone.goto(f"/induction/{PARTNERSHIP.id}")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    targets = phone.locator(".option select, .option label, main form button").all()
    boxes = [each.bounding_box() for each in targets]
    assert len(boxes) > 2 * len(ORDERED.options)
    assert min(box["height"] for box in boxes if box) >= TARGET
    selects = phone.locator(".option select").all()
    assert all(box["width"] >= TARGET for each in selects if (box := each.bounding_box()))
    for line, place in zip(ORDERED.answer, "123", strict=True):
        phone.locator(f"[id='{PARTNERSHIP.id}/{ORDERED.id}/{line}']").select_option(place)
    for question in PARTNERSHIP.quiz:
        for option in question.answer if question is not ORDERED else ():
            phone.locator(f"label[for='{PARTNERSHIP.id}/{question.id}/{option}']").tap()
    phone.get_by_role("button", name="Check my answers").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("5 of 5 right")


def test_progress_is_deleted_after_a_question_and_kept_by_a_no(page: Page) -> None:
    code = join(page)
    page.goto("/induction")
    page.get_by_role("link", name="Delete my progress").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Delete your progress?")
    page.get_by_role("link", name="No, keep it").click()
    page.get_by_role("link", name="Your code").click()
    expect(page.get_by_text(code)).to_be_visible()
    page.goto("/induction/forget")
    page.get_by_role("button", name="Yes, delete my progress").click()
    expect(page.get_by_role("button", name="Give me a code")).to_be_visible()
    page.goto("/induction/code")
    expect(page.get_by_text(code)).to_have_count(0)


def test_from_the_first_module_to_the_certificate(scripted: Page) -> None:
    join(scripted)
    for number, module in enumerate(PROGRAMME.modules, 1):
        scripted.goto("/induction")
        name = "Begin" if number == 1 else "Go on"
        scripted.get_by_role("link", name=f"{name}: {module.title}").click()
        expect(scripted.get_by_text(f"Module {number} of 8.")).to_be_visible()
        answer_all(scripted, module)
        expect(scripted.get_by_text("You have passed this module.")).to_be_visible()
    scripted.get_by_role("link", name="See my certificate").click()
    expect(scripted.get_by_role("heading", level=1)).to_have_text("Certificate of completion")
    expect(scripted.get_by_text(PROGRAMME.settings.title)).to_be_visible()
    unprinted = [
        scripted.locator(each).first for each in ("header.site nav", "main nav", ".unprinted")
    ]
    for part in unprinted:
        expect(part).to_be_visible()
    scripted.emulate_media(media="print")
    for part in unprinted:
        expect(part).to_be_hidden()


@pytest.mark.parametrize("path", ["", "/code", "/forget", "/partnership", "/certificate"])
def test_a_learners_pages_break_no_rule(scripted: Page, path: str) -> None:
    join(scripted)
    scripted.goto(f"/induction{path}")
    assert violations(scripted) == []


def test_the_errors_and_the_result_break_no_rule(scripted: Page) -> None:
    scripted.goto(f"/induction/{PARTNERSHIP.id}")
    check_answers(scripted)
    expect(scripted.locator(".error")).to_have_count(5)
    assert violations(scripted) == []
    answer_all(scripted, PARTNERSHIP)
    expect(scripted.get_by_role("heading", level=1)).to_contain_text("5 of 5 right")
    assert violations(scripted) == []

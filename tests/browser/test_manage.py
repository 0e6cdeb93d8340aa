"""The pages at `/manage` in a real Chromium: forms, accessibility, no scripts, narrow screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.manage.roles import Role
from tests.api.standins import Serve
from tests.browser.conftest import Tab
from tests.browser.test_accessibility import ALL_RULES, SCHEMES
from tests.manage.people import PASSWORD, accounts_in, add

pytestmark = pytest.mark.browser
PAGES = (
    *("", "/history", "/history/shipped", "/accounts", "/audit", "/password"),
    *("/notices", "/notices/boards-replaced", "/notices/new"),
    *("/contacts", "/contacts/early_help", "/contacts/new", "/contacts/hours"),
)


@pytest.fixture
def address(serve: Serve, tmp_path: Path) -> str:
    client = serve()
    accounts = accounts_in(tmp_path)
    add(accounts, Role.ADMINISTRATOR)
    add(accounts, Role.READER)
    return str(client.base_url).rstrip("/")


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request: pytest.FixtureRequest, tab: Tab, address: str) -> Page:
    return tab(address, java_script_enabled=request.param)


@pytest.fixture
def scripted(tab: Tab, address: str) -> Page:
    return tab(address)


def sign_in(page: Page) -> None:
    page.get_by_label("Name").fill("administrator-one")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_an_administrator_adds_somebody_who_chooses_a_password(page: Page) -> None:
    page.goto("/manage/accounts")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Accounts")
    page.get_by_label("Name to sign in with").fill("bo@example.gov.uk")
    page.get_by_label("The person's own name").fill("Bo Example")
    page.get_by_role("radio", name="Approver").check()
    page.get_by_role("button", name="Add", exact=True).click()
    given = page.get_by_role("code").inner_text()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("Name").fill("bo@example.gov.uk")
    page.get_by_label("Password").fill(given)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a password of your own")
    page.get_by_label("Your password now").fill(given)
    page.get_by_label("New password", exact=True).fill("three unlikely words")
    page.get_by_label("New password, the same again").fill("three unlikely words")
    page.get_by_role("button", name="Change it").click()
    page.get_by_role("link", name="Go on to the overview").click()
    expect(page.get_by_text("Bo Example (approver)")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_is_accessible_and_fits_a_narrow_screen(scripted: Page, scheme: str) -> None:
    page = scripted
    page.emulate_media(**SCHEMES[scheme])
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/manage")
    check(page)
    sign_in(page)
    for path in PAGES:
        page.goto(f"/manage{path}")
        expect(page.get_by_text("Administrator Example (administrator)")).to_be_visible()
        check(page)
    page.goto("/changes")
    check(page)


def send_half_a_notice(page: Page) -> None:
    """Without an owner, beside nothing."""
    page.goto("/manage/notices")
    sign_in(page)
    page.get_by_role("link", name="Add a notice").click()
    page.get_by_label("Name").fill("Missed visits: one day")
    page.get_by_label("Wording").fill("Since 2027 within one working day. Check with your lead.")
    page.get_by_role("radio", name="Out of date").check()
    page.get_by_role("radio", name="B: somebody").check()
    page.get_by_label("Look for passages").fill("meetings")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_label("Wording")).to_have_value(re.compile("^Since 2027"))
    page.get_by_label("Checked on").fill("28 November 2026")
    page.get_by_label("Review by").fill("28/11/2027")
    page.get_by_label("Owner").fill("  ")
    page.get_by_role("button", name="Add to the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Owner: This is empty. Write it.")
    expect(page.get_by_role("alert")).to_contain_text("It stands beside nothing.")


def test_a_notice_is_put_beside_a_passage_and_a_slip_loses_nothing(page: Page) -> None:
    send_half_a_notice(page)
    expect(page.get_by_label("Name")).to_have_value("Missed visits: one day")
    page.get_by_role("group", name="Passages").get_by_role("checkbox").first.check()
    page.get_by_label("Owner").fill("policy officer")
    page.get_by_role("button", name="Add to the draft").click()
    expect(page.get_by_role("status")).to_have_text("Added in the draft.")
    page.get_by_label("Your role").fill("policy officer")
    page.get_by_role("button", name="Sign this notice").click()
    expect(page.get_by_text("Signed by Administrator Example, policy officer")).to_be_visible()


def test_a_form_that_comes_back_is_accessible(scripted: Page) -> None:
    scripted.set_viewport_size({"width": 320, "height": 640})
    send_half_a_notice(scripted)
    check(scripted)


def check(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": ALL_RULES}})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    sideways = page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
    assert not sideways, page.url

"""Pages at `/manage` that wait move on by themselves, in a real Chromium without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from bot.app import answer_from, container_of, create_app
from bot.container import Container, over
from bot.manage.draft_pages import CHECKING
from bot.manage.import_jobs import ImportJob
from bot.manage.roles import Role
from bot.operations.content_folder import open_drafts
from bot.operations.previews import Previews
from bot.operations.replay.checks import AnswerChecks
from knowledge.editions import Edition
from tests.api.listener import listening
from tests.api.standins import Make, StandIn
from tests.browser.conftest import Tab
from tests.manage.people import PASSWORD, accounts_in, add
from tests.manage.test_answer_checks import SOUND, WRITTEN, Draft
from tests.operations.replay.scripted import Scripted

pytestmark = pytest.mark.browser
MOVES_ON_WITHIN_MS = 60_000
"""A page asks again after two to five seconds, on whatever machine runs the test."""


@pytest.fixture
def draft() -> Draft:
    """That is not opened before a test says so."""
    held = Draft()
    held.opened.clear()
    return held


@pytest.fixture
def app(make_container: Make, rasa: StandIn, tmp_path: Path, draft: Draft) -> Iterator[FastAPI]:
    container = make_container(state_dir=tmp_path, content_dir=tmp_path / "content")
    app = create_app(replace(container, knowledge=Scripted(SOUND, written=WRITTEN)))
    app.state.previews = Previews(draft.opens)
    app.state.answer_checks = AnswerChecks(Previews(draft.opens))
    open_drafts(container.settings).change("bo", "Words", more_words)
    yield app
    draft.opened.set()


def more_words(folder: Path) -> None:
    with (folder / "words.yaml").open("a") as file:
        file.write("# More\n")


@pytest.fixture
def page(tab: Tab, app: FastAPI, tmp_path: Path) -> Iterator[Page]:
    name = add(accounts_in(tmp_path), Role.APPROVER)
    with listening(app) as address:
        page = tab(address, MOVES_ON_WITHIN_MS, java_script_enabled=False)
        page.goto("/manage/changes")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        yield page


def moves_on(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading, timeout=MOVES_ON_WITHIN_MS)


def from_the_skip_link(page: Page) -> None:
    """A place within the page, that it is asked for again from."""
    page.get_by_role("link", name="Skip to main content").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_the_check_shows_what_it_found_once_it_is_over(page: Page, draft: Draft) -> None:
    page.get_by_role("link", name="Check the draft").first.click()
    expect(page).to_have_url(re.compile(f"{CHECKING}$"))
    from_the_skip_link(page)
    draft.opened.set()
    moves_on(page, "Changes that wait")
    expect(page).to_have_url(re.compile("/manage/changes#check$"))
    expect(page.get_by_text("No answer got worse.")).to_be_visible()


def test_whoever_wants_no_more_of_it_looks_when_they_like(page: Page, draft: Draft) -> None:
    page.get_by_role("link", name="Check the draft").first.click()
    page.get_by_role("link", name="Do not ask by itself").click()
    expect(page.get_by_text("no longer asks again by itself")).to_be_visible()
    draft.opened.set()
    page.get_by_role("link", name="Look now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("Changes that wait|Checking the draft")
    )


def test_the_preview_can_be_asked_once_the_draft_is_open(page: Page, draft: Draft) -> None:
    page.get_by_role("link", name="Ask the draft a question").click()
    expect(page.get_by_text("The draft is being opened")).to_be_visible()
    from_the_skip_link(page)
    draft.opened.set()
    page.get_by_label("Question").wait_for()


def test_an_import_says_when_the_document_is_read(page: Page, app: FastAPI) -> None:
    jobs = app.state.import_jobs
    jobs._jobs["one"] = ImportJob("one", "Policy.docx", state="reading")
    page.goto("/manage/documents/import/one")
    moves_on(page, "Reading the document")
    jobs._jobs["one"] = ImportJob("one", "Policy.docx", state="refused", problems=("No words",))
    moves_on(page, "The document was not taken in")


def test_publishing_and_the_history_say_when_the_server_has_gone_over(
    page: Page, app: FastAPI
) -> None:
    container = container_of(app)
    with container.editions.draft() as draft:
        more_words(draft.folder)
        first = container.editions.publish(draft, "Bo", "Because.", "More words")
    page.goto(f"/manage/changes/published/{first.id}")
    moves_on(page, "Publishing")
    answer_from(app, gone_over(container, first))
    moves_on(page, "Published")
    back = container.editions.rollback("shipped", "Bo", "A slip.")
    page.goto(f"/manage/history/{back.id}")
    expect(page.get_by_text("This server is going over to it")).to_be_visible()
    answer_from(app, gone_over(container, back))
    page.get_by_text("This server answers from it.").wait_for()


def gone_over(container: Container, edition: Edition) -> Container:
    knowledge = Scripted(SOUND, written=WRITTEN)
    knowledge.library = knowledge.library.of(edition)
    return over(container, knowledge)

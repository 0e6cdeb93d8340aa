"""Somebody who does at `/manage` what the guides in `docs/guides` say, in a real browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from bot.manage.accounts import Accounts
from bot.manage.roles import Role
from bot.storage.engine import open_store
from demo.guide_pictures import GuidePictures

ACCOUNT, NAME, PASSWORD = "policy.officer@example.gov.uk", "Policy officer", "otter ladder violin"
WIDE: ViewportSize = {"width": 1280, "height": 720}
SLOWEST_MS = 180_000
"""A page, and a document that is read, on whatever machine it is."""
OPENS_WITHIN_MS = 400_000
"""An index of the draft is built, on whatever machine it is."""
CHECKED_WITHIN_MS = 15 * 60 * 1000
"""Some three thousand questions, asked twice."""
PAUSE_MS = 1_000
WORDS = """document.addEventListener("DOMContentLoaded", () => {
  const named = "a, button, dt, h1, h2, h3, h4, label, legend, option, p, strong, summary, td, th";
  met([...document.querySelectorAll(named)].map((each) => {
    const shown = each.cloneNode(true);
    shown.querySelectorAll(".unseen").forEach((hidden) => hidden.remove());
    return shown.textContent.replace(/\\s+/g, " ").trim();
  }));
});"""
"""What each page names, as it is served: before it asks again by itself, or a script changes it."""


def add_account(state_dir: Path) -> None:
    store = open_store(f"sqlite:///{state_dir / 'conversations.db'}")
    Accounts(store).add(ACCOUNT, NAME, Role.ADMINISTRATOR, PASSWORD)


@dataclass
class PolicyOfficer:
    """Names are those that the guides print in bold. `used` has those that were pressed, filled in
    or looked for, and `met` the words of every page that was opened."""

    browser: Browser
    url: str
    pictures: GuidePictures | None = None
    used: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.fresh()

    def fresh(self) -> Page:
        """As somebody whom the assistant has not seen before."""
        context = self.browser.new_context(base_url=self.url, viewport=WIDE, locale="en-GB")
        context.set_default_timeout(SLOWEST_MS)
        context.expose_function("met", self._meets)
        context.add_init_script(WORDS)
        return context.new_page()

    def _meets(self, words: list[str]) -> None:
        self.met.update(words)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def sign_in(self) -> None:
        self.page.goto("/manage")
        self.fill("Name", ACCOUNT)
        self.fill("Password", PASSWORD)
        self.press("Sign in")
        self.titled("Overview")

    def go(self, name: str) -> None:
        """By the navigation."""
        self.used.add(name)
        self.page.get_by_label("Manage").get_by_role("link", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.used.add(name)
        self.main.get_by_role("link", name=_begins(name)).first.click()

    def open(self, name: str) -> None:
        """A link that is called what a document, a passage or a question is."""
        self.main.get_by_role("link", name=name, exact=True).first.click()

    def open_document(self, title: str) -> None:
        self.go("Documents")
        self.open(title)
        self.titled(title, in_bold=False)

    def open_passage(self, title: str, number: str) -> None:
        self.open_document(title)
        self.follow("Read it beside its passages")
        self.open(number)

    def press(self, name: str, *, last: bool = False) -> None:
        """The first such button, or the last."""
        self.used.add(name)
        found = self.page.get_by_role("button", name=_begins(name))
        (found.last if last else found.first).click()

    def fill(self, name: str, value: str, under: str = "") -> None:
        """`under`: the heading above it, where the page asks for several of the name."""
        self.used.add(name)
        self._field(name, under).fill(value)

    def fill_day(self, name: str, day: date, under: str = "") -> None:
        self.used.add(name)
        field = self._field(name, under)
        picked = field.get_attribute("type") == "date"
        field.fill(day.isoformat() if picked else f"{day.day} {day:%B %Y}")

    def send(self, name: str, file: Path) -> None:
        self.used.add(name)
        self._field(name).set_input_files(file)

    def choose(self, name: str, option: str) -> None:
        self.used.add(name)
        self._field(name).select_option(label=option)

    def unfold(self, name: str) -> None:
        self.used.add(name)
        self.page.locator("summary", has_text=_begins(name)).first.click()

    def sees(self, words: str, within_ms: float = SLOWEST_MS) -> None:
        self.used.add(words)
        shown = self.page.get_by_text(words).locator("visible=true")
        expect(shown.first).to_be_visible(timeout=within_ms)

    def told(self, words: str) -> None:
        told = self.page.get_by_role("status").filter(has_text=words)
        expect(told.first).to_be_visible(timeout=SLOWEST_MS)

    def titled(self, title: str, within_ms: float = SLOWEST_MS, *, in_bold: bool = True) -> None:
        if in_bold:
            self.used.add(title)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title, timeout=within_ms)

    def look_again(self) -> None:
        """Until the page no longer says that something is being asked."""
        while self.main.get_by_role("link", name="Look again").count():
            self.follow("Look again")
            self.page.wait_for_timeout(PAUSE_MS)

    def check(self) -> None:
        """The draft, and the answers that it changes."""
        self.go("Changes")
        self.follow("Check the draft")
        self.sees("Everything in the draft can be answered from.", CHECKED_WITHIN_MS)
        checked = self.page.get_by_text(re.compile(r"answers? got worse\."))
        expect(checked).to_be_visible(timeout=CHECKED_WITHIN_MS)

    def ask_the_draft(self, question: str, cited: str = "") -> None:
        """Without `cited` anything may be replied."""
        self.follow("Ask the draft a question")
        self.page.get_by_label("Question").wait_for(timeout=OPENS_WITHIN_MS)
        self.fill("Question", question)
        self.press("Ask")
        expect(self.page.get_by_text(cited or question).first).to_be_visible(timeout=SLOWEST_MS)

    def say_why(self, why: str) -> None:
        self.go("Changes")
        for worse in self.page.get_by_role("checkbox", name="This is meant").all():
            worse.check()
        self.fill("Why", why)

    def publish(self) -> None:
        self.press("Publish")
        self.titled("Published", OPENS_WITHIN_MS)

    def ask_live(self, question: str, answer: str = "", page: Page | None = None) -> Page:
        """As a practitioner does; returns the page with the conversation."""
        chat = page or self.fresh()
        if page is None:
            chat.goto("/chat")
        replies = chat.get_by_role("group", name="Reply")
        expect(replies).to_have_count(1, timeout=SLOWEST_MS)
        box = chat.get_by_label("Your question or answer")
        box.fill(question)
        box.press("Enter")
        expect(replies).to_have_count(2, timeout=SLOWEST_MS)
        expect(replies.last).to_contain_text(answer, timeout=SLOWEST_MS)
        return chat

    def keep(self, picture: str, of: Locator | None = None, *, narrow: bool = False) -> None:
        """Draws the page, or a part of it, where pictures are wanted."""
        if self.pictures:
            self.pictures.draw(picture, self.page, of)
            if narrow:
                self.pictures.draw_narrow(picture, self.page)

    def _field(self, name: str, under: str = "") -> Locator:
        scope = self._below(under) if under else self.page
        return scope.get_by_label(name, exact=True).locator("visible=true").first

    def _below(self, heading: str) -> Locator:
        """The form that follows the heading."""
        self.used.add(heading)
        found = self.page.get_by_role("heading", name=heading, exact=True)
        return found.locator("xpath=following::form[1]")


def _begins(name: str) -> re.Pattern[str]:
    """What is said to screen readers only may follow: of which place, or of whom."""
    return re.compile(rf"^\s*{re.escape(name)}(?=$|:| )")

"""The walk that the guides in `docs/guides` describe, with a picture at each of its stations."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from bot.manage.accounts import Accounts
from bot.manage.roles import Role
from bot.settings import HOME
from bot.storage.engine import open_store

EXAMPLES = HOME / "docs" / "guides" / "examples"
FIRST, NEXT = EXAMPLES / "missed-visits.docx", EXAMPLES / "missed-visits-new-edition.docx"
ACCOUNT, NAME, PASSWORD = "policy.officer@example.gov.uk", "Policy officer", "otter ladder violin"
WIDE: ViewportSize = {"width": 1280, "height": 720}
NARROW: ViewportSize = {"width": 320, "height": 640}
SLOWEST_MS = 60_000
"""A page, and a document that is read."""
OPENS_WITHIN_MS = 400_000
"""An index of the draft is built, on whatever machine draws the pictures."""
CHECKED_WITHIN_MS = 15 * 60 * 1000
"""Some three thousand questions, asked twice."""
QUESTION = "nobody answered the door for a planned home visit, what now"
WRONG = "how many days until I have to go back when a visit was missed"
CITED = "Safeguarding Partnership Principles"
"""A shipped document, which flows and notices cite."""
WRITTEN = """\
nobody in when I visit, what do I do
family not at home for home visit
no answer at the door for a planned visit
what if mum isn't in when we agreed to come
missed home visit first time
do I leave a card if nobody is in"""
WHY = "Our procedure, agreed by the board."
STEADY = r"""() => {
  const form = {day: "numeric", month: "long", year: "numeric", timeZone: "Europe/London"};
  const day = new Date().toLocaleDateString("en-GB", form);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    node.data = node.data.replaceAll(day, "2 March 2027").replace(/\b\d\d:\d\d\b/g, "10:00")
      .replace(/\b[0-9a-f]{12}\b/g, "3f9a1c7be204");
  }
}"""
"""Today, times and ids of editions would differ from one drawing to the next."""


def add_account(state_dir: Path) -> None:
    store = open_store(f"sqlite:///{state_dir / 'conversations.db'}")
    Accounts(store).add(ACCOUNT, NAME, Role.ADMINISTRATOR, PASSWORD)


@dataclass
class GuideWalk:
    """`to`: where the pictures go; without it the guides are only walked through."""

    browser: Browser
    url: str
    to: Path | None = None
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self._fresh()

    def all(self) -> None:
        self.sign_in()
        self.first_document()
        self.correct_an_answer()
        self.new_edition()
        self.monthly_routine()
        self.retire()

    def sign_in(self) -> None:
        self.page.goto("/manage")
        self.page.get_by_label("Name").fill(ACCOUNT)
        self.page.get_by_label("Password").fill(PASSWORD)
        self._press("Sign in")
        self._titled("Overview")

    def first_document(self) -> None:
        page = self.page
        self._go("Documents")
        self._follow("Take a document in")
        page.get_by_label("File").set_input_files(FIRST)
        page.get_by_label("Publisher").fill("Exampleshire Safeguarding Children Partnership")
        page.get_by_label("Area").fill("exampleshire")
        page.get_by_label("Version").fill("November 2026")
        self._keep("import.png")
        self._press("Read the document")
        self._titled("The document is read")
        self._follow("Read it beside its passages")
        expect(page.get_by_text("Nothing citable is left out.")).to_be_visible()
        self._keep("review.png", narrow=True)
        self._press("Merge 2.2 with ¶ 7")
        expect(page.get_by_role("status")).to_have_text("Merged.")
        self._keep("merged.png", page.locator(".row", has_text="Speak to everybody"))
        page.locator("summary", has_text="Change 4.1").click()
        reason = page.get_by_label("Why it is not quotable").locator("visible=true")
        reason.fill("contact details, which change")
        self._press("Mark 4.1 as not quotable")
        expect(page.get_by_role("status")).to_have_text("Marked as not quotable.")
        self._follow("1.1")
        page.get_by_label("Questions", exact=True).fill(WRITTEN)
        self._press("Keep these questions")
        expect(page.get_by_role("status")).to_have_text("The questions are kept in the draft.")
        self._check()
        self._ask_the_draft()
        self._keep("preview.png")
        self._go("Changes")
        self._say_why(WHY)
        self._keep("changes.png", narrow=True)
        self._publish()
        self._ask_live(QUESTION, "If a family is not at home", "live.png")

    def correct_an_answer(self) -> None:
        page = self.page
        for _ in range(2):
            chat = self._ask_live(WRONG, "Missed Visits, 1.3")
            chat.get_by_role("button", name="No, it did not").click()
            chat.get_by_text("It did not answer my question").click()
            chat.get_by_role("button", name="Send").first.click()
            expect(chat.get_by_text("Your answer is counted")).to_be_visible()
        self._go("Questions")
        page.get_by_label("What happened").select_option(label="rated unhelpful")
        self._press("Show")
        self._keep("asked.png")
        page.get_by_role("link", name=WRONG).click()
        page.get_by_role("radio", name="005.1.3").check()
        pin = page.get_by_role("heading", name="This is wrong: pin the right passage")
        pin.scroll_into_view_if_needed()
        self._keep("pin.png")
        page.get_by_role("button", name="Add to the draft").first.click()
        self._go("Changes")
        self._check()
        self._say_why("Asked often, and answered with doubt")
        self._publish()

    def new_edition(self) -> None:
        page = self.page
        self._open_example()
        self._follow("New edition")
        page.get_by_label("File of the new edition").set_input_files(NEXT)
        page.get_by_label("Version").fill("November 2027")
        self._press("Read the new edition")
        self._titled("The document is read")
        self._follow("See what is different")
        page.locator("#compared").scroll_into_view_if_needed()
        self._keep("compare.png", narrow=True)
        self._follow("See what this means for what cites it")
        self._keep("impact.png")
        page.get_by_role("button", name="Still right").first.click()
        expect(page.get_by_role("status")).to_have_text("Accepted.")
        self._open_example()
        page.get_by_label("Your role").fill("policy officer")
        self._keep("sign.png")
        self._press("Sign this text")
        signed = "Signed. It counts once the draft is published."
        expect(page.get_by_role("status")).to_have_text(signed)
        self._go("Changes")
        self._check()
        self._say_why("The edition of November 2027")
        self._publish()

    def monthly_routine(self) -> None:
        for name in ("Notices", "Contacts"):
            self._go(name)
            self._titled(name)
        for name, picture in {
            "Reviews due": "reviews.png",
            "Report": "report.png",
            "What was done": "audit.png",
            "History": "history.png",
        }.items():
            self._go(name)
            if name == "History":
                self._follow("The content as shipped")
            self._keep(picture)
        self._follow("Go back to this edition")
        self._titled("Go back to this edition?")

    def retire(self) -> None:
        self._go("Documents")
        self._follow(CITED)
        self._follow("Retire this document")
        self._keep("retire.png")
        self._open_example()
        self._follow("Retire this document")
        self._titled("Retire Missed Visits")
        self._press("Take it out in the draft")

    def _open_example(self) -> None:
        self._go("Documents")
        self._follow("Missed Visits")

    def _ask_the_draft(self) -> None:
        self._follow("Ask the draft a question")
        self.page.get_by_label("Question").wait_for(timeout=OPENS_WITHIN_MS)
        self.page.get_by_label("Question").fill(QUESTION)
        self._press("Ask")
        expect(self.page.get_by_text("Missed Visits, 1.1").first).to_be_visible()

    def _check(self) -> None:
        """The draft, and the answers that it changes."""
        self._go("Changes")
        self.page.get_by_role("link", name="Check the draft").first.click()
        checked = self.page.get_by_text("questions were asked of both")
        expect(checked).to_be_visible(timeout=CHECKED_WITHIN_MS)

    def _say_why(self, why: str) -> None:
        for worse in self.page.get_by_role("checkbox").all():
            worse.check()
        self.page.get_by_label("Why").fill(why)

    def _publish(self) -> None:
        self._press("Publish")
        done = self.page.get_by_text("Published. This assistant answers from it since")
        expect(done).to_be_visible(timeout=OPENS_WITHIN_MS)

    def _ask_live(self, question: str, answer: str, picture: str = "") -> Page:
        """As somebody who asks for the first time."""
        chat = self._fresh()
        chat.goto("/chat")
        replies = chat.get_by_role("group", name="Reply")
        expect(replies).to_have_count(1)
        box = chat.get_by_label("Your question or answer")
        box.fill(question)
        box.press("Enter")
        expect(replies).to_have_count(2)
        expect(replies.last).to_contain_text(answer)
        if picture:
            self._draw(chat, picture, replies.last)
        return chat

    def _fresh(self) -> Page:
        context = self.browser.new_context(base_url=self.url, viewport=WIDE, locale="en-GB")
        context.set_default_timeout(SLOWEST_MS)
        return context.new_page()

    def _titled(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def _go(self, name: str) -> None:
        self.page.get_by_label("Manage").get_by_role("link", name=name, exact=True).click()

    def _follow(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()

    def _press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def _keep(self, name: str, of: Locator | None = None, *, narrow: bool = False) -> None:
        self._draw(self.page, name, of)
        if narrow:
            self.page.set_viewport_size(NARROW)
            self._draw(self.page, name.replace(".png", "-narrow.png"))
            self.page.set_viewport_size(WIDE)

    def _draw(self, page: Page, name: str, of: Locator | None = None) -> None:
        page.wait_for_load_state()
        if self.to is None:
            return
        page.evaluate(STEADY)
        (of or page).screenshot(path=self.to / name, caret="hide", animations="disabled")
        print(self.to.relative_to(HOME) / name)

"""The first screen of each kind of reply, at three widths: what a person sees without scrolling."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

# A small phone, a tablet upright, a desktop.
SCREENS = (
    ViewportSize(width=320, height=640),
    ViewportSize(width=768, height=1024),
    ViewportSize(width=1280, height=800),
)
ASKED = {
    "answer": "Does a partner interpreting for mum count as ok?",
    "refusal": "how much does a school place cost",
    "safety": "he has a knife and she is not breathing",
}
# Consent is refused, and the child may be at risk of significant harm.
WALK = ("Yes, or may be", "No", "Yes", "Refused, or withdrawn")


class LookPictures:
    """Draws an assistant that runs at `url`, this one or an earlier release, into `folder`."""

    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self._browser = browser
        self._url = url
        self._folder = folder

    def draw(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for screen in SCREENS:
            page = self._fresh(screen)
            self._keep(page, "start", screen)
            for name, text in ASKED.items():
                page = self._fresh(screen)
                ask(page, text)
                self._keep(page, name, screen)
            page = self._fresh(screen)
            to_the_last_step(page)
            self._keep(page, "step", screen)
            answer(page)
            self._keep(page, "outcome", screen)

    def _fresh(self, screen: ViewportSize) -> Page:
        page = self._browser.new_page(viewport=screen)
        page.goto(self._url)
        expect(replies(page)).to_have_count(1)
        return page

    def _keep(self, page: Page, name: str, screen: ViewportSize) -> None:
        path = self._folder / f"{name}-{screen['width']}.png"
        page.screenshot(path=path)
        print(path)


def replies(page: Page) -> Locator:
    return page.get_by_role("group", name="Reply")


def ask(page: Page, text: str) -> None:
    before = replies(page).count()
    box = page.get_by_label("Your question or answer")
    box.fill(text)
    box.press("Enter")
    expect(replies(page)).to_have_count(before + 1)


def to_the_last_step(page: Page) -> None:
    ask(page, "can I share this without consent")
    while not replies(page).last.get_by_role("radio", name=WALK[0], exact=True).count():
        answer(page)


def answer(page: Page) -> None:
    """The open step, as the situation of `WALK` has it; else by its first option."""
    reply = replies(page).last
    wanted = [reply.get_by_role("radio", name=label, exact=True) for label in WALK]
    next((radio for radio in wanted if radio.count()), reply.get_by_role("radio").first).check()
    before = replies(page).count()
    reply.get_by_role("button", name="Continue").click()
    expect(replies(page)).to_have_count(before + 1)

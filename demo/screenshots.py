"""`make screenshots`: pictures of the running assistant for the documentation."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

from bench.bots import copy_built, start_assistant
from bot.settings import HOME, Settings
from demo.guide_assistant import officer_before
from demo.guide_pictures import GuidePictures
from demo.guide_walk import GUIDES as WALKED
from demo.policy_officer import SLOWEST_MS

IMAGES = HOME / "docs" / "images"
GUIDES = IMAGES / "guides"
QUESTION = "What does Knowsley say about recording?"
# Consent is refused, and the child may be at risk of significant harm.
WALK = ("Yes, or may be", "No", "Yes", "Refused, or withdrawn")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo.screenshots", description=__doc__)
    parser.add_argument("--only", choices=("chat", "guides"), help="without it, all of them")
    only = parser.parse_args().only
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("No Chromium found: install the package `chromium` (Debian).")
    GUIDES.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=SLOWEST_MS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if only != "guides":
            copy_built(Settings().state_dir, Path(folder, "chat"))
            with start_assistant(Path(folder, "chat")) as assistant:
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(assistant.url)
                draw(page)
        if only != "chat":
            for name, walk in WALKED.items():
                pictures = GuidePictures(GUIDES)
                with officer_before(name, browser, Path(folder, name), pictures) as officer:
                    walk(officer)
        browser.close()


def draw(page: Page) -> None:
    replies = page.get_by_role("group", name="Reply")
    box = page.get_by_label("Your question or answer")
    box.fill(QUESTION)
    box.press("Enter")
    expect(replies).to_have_count(2)
    keep(replies.last, "answer.png")
    box.fill("can I share this without consent")
    box.press("Enter")
    expect(replies).to_have_count(3)
    while (radios := replies.last.get_by_role("radio")).count():
        keep(replies.last, "step.png")
        wanted = [replies.last.get_by_role("radio", name=label, exact=True) for label in WALK]
        next((radio for radio in wanted if radio.count()), radios.first).check()
        before = replies.count()
        replies.last.get_by_role("button", name="Continue").click()
        expect(replies).to_have_count(before + 1)
    keep(replies.last, "outcome.png")


def keep(element: Locator, name: str) -> None:
    element.screenshot(path=IMAGES / name)
    print(IMAGES.relative_to(HOME) / name)


if __name__ == "__main__":
    main()

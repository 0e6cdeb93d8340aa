"""`make screenshots`: pictures of the running assistant for the documentation."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect, sync_playwright

from bench.bots import copy_built, start_assistant
from bot.settings import HOME, Settings
from demo.guide_assistant import officer_before
from demo.guide_pictures import GuidePictures
from demo.guide_walk import GUIDES as WALKED
from demo.look_pictures import LookPictures, answer, ask, replies, to_the_last_step
from demo.policy_officer import SLOWEST_MS

IMAGES = HOME / "docs" / "images"
GUIDES = IMAGES / "guides"
LOOK = IMAGES / "look"
QUESTION = "What does Knowsley say about recording?"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo.screenshots", description=__doc__)
    parser.add_argument("--only", choices=("chat", "look", "guides"), help="without it, all")
    parser.add_argument("--url", help="draw the look of an assistant that runs there, and no more")
    parser.add_argument("--into", type=Path, default=LOOK / "now", help="where --url is drawn")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("No Chromium found: install the package `chromium` (Debian).")
    GUIDES.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=SLOWEST_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if asked.url:
            LookPictures(browser, asked.url, asked.into).draw()
        else:
            draw_ours(browser, asked.only)
        browser.close()


def draw_ours(browser: Browser, only: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if only != "guides":
            copy_built(Settings().state_dir, Path(folder, "chat"))
            with start_assistant(Path(folder, "chat")) as assistant:
                if only != "look":
                    draw_chat(browser, assistant.url)
                if only != "chat":
                    LookPictures(browser, assistant.url, LOOK / "now").draw()
        if only in (None, "guides"):
            for name, walk in WALKED.items():
                pictures = GuidePictures(GUIDES)
                with officer_before(name, browser, Path(folder, name), pictures) as officer:
                    walk(officer)


def draw_chat(browser: Browser, url: str) -> None:
    # High enough that the box, which stays in sight, lies over no reply.
    page = browser.new_page(viewport={"width": 1280, "height": 2400})
    page.goto(url)
    expect(replies(page)).to_have_count(1)
    ask(page, QUESTION)
    keep(replies(page).last, "answer.png")
    to_the_last_step(page)
    keep(replies(page).last, "step.png")
    answer(page)
    keep(replies(page).last, "outcome.png")


def keep(element: Locator, name: str) -> None:
    element.screenshot(path=IMAGES / name)
    print(IMAGES.relative_to(HOME) / name)


if __name__ == "__main__":
    main()

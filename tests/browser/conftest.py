"""A real Chromium in front of the real assistant. A page that complains fails its test."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from demo.host import HostPage
from tests.assistant import Assistant
from tests.browser.chat import ChatPage
from tests.needs import lacks

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No other machine is looked for: whatever a page asks of one fails at once, and by no chance.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
MISSING = (
    "no Chromium found: install it to run the browser tests"
    " (Debian: apt-get install chromium fonts-liberation)"
)
SLOWEST_MS = 15_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        lacks("browser", MISSING)
    expect.set_options(timeout=SLOWEST_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def host_page(browser: Browser, assistant: Assistant, demo: HostPage) -> Iterator[HostPage]:
    with hosting(demo, assistant.url):
        yield demo


@contextmanager
def hosting(page: HostPage, assistant: str) -> Iterator[None]:
    """Serves the page, with this assistant in it."""
    page.assistant = assistant
    thread = threading.Thread(target=page.serve)
    thread.start()
    try:
        yield
    finally:
        page.stop()
        thread.join()


class Watch:
    """What must not happen: words in the console, requests to other origins."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.expected: list[str] = []
        self.origins: set[str] = set()
        self.origins_allowed: set[str] = set()

    def over(self, page: Page) -> None:
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._went(request.url))

    def _hear(self, text: str) -> None:
        if not any(words in text for words in self.expected):
            self.complaints.append(text)

    def _went(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"}:
            self.origins.add(f"{parts.scheme}://{parts.netloc}")


@pytest.fixture
def watch(assistant: Assistant, demo: HostPage) -> Iterator[Watch]:
    watch = Watch()
    watch.origins_allowed |= {assistant.url, demo.origin}
    yield watch
    assert watch.complaints == []
    assert watch.origins <= watch.origins_allowed


@pytest.fixture
def context(browser: Browser, assistant: Assistant, watch: Watch) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=assistant.url, permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(SLOWEST_MS)
    context.on("page", watch.over)
    yield context
    context.close()


Tab = Callable[..., Page]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Opens a page of a server of a test's own, in a browser that keeps nothing of another's.

    What it is told besides the address is an option of the browser's context.
    """
    with ExitStack() as opened:

        def tab(address: str, within_ms: float = SLOWEST_MS, **options: Any) -> Page:
            context = opened.enter_context(browser.new_context(base_url=address, **options))
            context.set_default_timeout(within_ms)
            return context.new_page()

        yield tab


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def chat(page: Page) -> ChatPage:
    """The chat on the start page, greeted."""
    page.goto("/")
    return ChatPage(page).greeted()

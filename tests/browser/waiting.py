"""Waiting for what a page does of itself, and making a request of its own wait for the test.

`Page.wait_for_function` is not used: it looks a second time from within the page, where a strict
policy refuses to evaluate a text. What `evaluate` is given is compiled once, outside that policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Route

from tests.browser.conftest import SLOWEST_MS

UNTIL = """async (...given) => {
    const holds = CONDITION;
    const end = performance.now() + WITHIN_MS;
    while (!(await holds(...given))) {
        if (performance.now() > end) throw new Error(`It never became so: ${holds}`);
        await new Promise(requestAnimationFrame);
    }
}"""
DRAWN = """async () => {
    for (const _ of Array(2)) await new Promise(requestAnimationFrame);
}"""


def becomes(place: Page | Locator, condition: str, argument: object = None) -> None:
    """Waits until a function of JavaScript is true, looking at each frame that is drawn.

    It is given what `place.evaluate` gives: the argument, after the element if `place` is one.
    Raises Playwright's Error when it has not become true within `SLOWEST_MS`.
    """
    looking = UNTIL.replace("CONDITION", condition).replace("WITHIN_MS", str(SLOWEST_MS))
    place.evaluate(looking, argument)


def drawn(page: Page) -> None:
    """Waits until all that has been changed is on the screen: once it is, the next frame begins."""
    page.evaluate(DRAWN)


class Held:
    """A request that waits until the test lets it go on."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def goes_on(self) -> None:
        (route,) = self.routes
        route.continue_()


@contextmanager
def held(page: Page, url: str) -> Iterator[Held]:
    """The first request to `url`, which has to be made within the block."""
    request = Held()
    page.route(url, lambda route: request.routes.append(route), times=1)
    with page.expect_request(url):
        yield request
    # That it is made is told before that it waits: the answer to this comes after both.
    page.evaluate("0")

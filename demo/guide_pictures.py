"""The pictures of the guides in `docs/guides`, drawn on the way through them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, ViewportSize

from bot.settings import HOME

NARROW: ViewportSize = {"width": 320, "height": 640}
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


@dataclass(frozen=True)
class GuidePictures:
    folder: Path

    def draw(self, name: str, page: Page, of: Locator | None = None) -> None:
        page.wait_for_load_state()
        page.evaluate(STEADY)
        (of or page).screenshot(path=self.folder / name, caret="hide", animations="disabled")
        print((self.folder / name).relative_to(HOME))

    def draw_narrow(self, name: str, page: Page) -> None:
        """As on a telephone, beside the wide one."""
        before = page.viewport_size
        page.set_viewport_size(NARROW)
        self.draw(name.replace(".png", "-narrow.png"), page)
        if before:
            page.set_viewport_size(before)

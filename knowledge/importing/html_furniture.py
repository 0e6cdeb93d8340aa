"""What of a web page is not for quoting, by the element that it stands in."""

from __future__ import annotations

import re
from typing import Any

from knowledge.importing.furniture import NAVIGATION, OUTSIDE, PAGE

_NAVIGATES = """
nav navbar navigation menu breadcrumb breadcrumbs cookie cookies skip toc sidebar share sitemap
pagination pager
"""
NAVIGATES = frozenset(_NAVIGATES.split())
ROLES = {"navigation": NAVIGATION, "search": NAVIGATION, "contentinfo": PAGE, "banner": PAGE}
TAGS = {"nav": NAVIGATION, "footer": PAGE}
FOOTS = frozenset(("foot", "footer", "copyright"))
HIDDEN = "hidden on the page"
MAIN_SHARE = 0.3
"""A part that holds less of the page's words than this is not its main part."""

NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"[\s_-]+")


class HtmlFurniture:
    """`why` is the reason for the body as a whole, or None."""

    def __init__(self, body: Any) -> None:
        self._words = _count_words(body)
        self._main = self._main_part(body)
        self.why = None if self._main is None else OUTSIDE

    def why_in(self, element: Any, above: str | None) -> str | None:
        """The reason inside the element. `above` is that of the element that it stands in."""
        if element is self._main:
            return None
        if above and above != OUTSIDE:
            return above
        if element.tag in TAGS:
            return TAGS[element.tag]
        if element.get("role") in ROLES:
            return ROLES[element.get("role")]
        if element.get("hidden") is not None or NOT_SHOWN.search(element.get("style", "")):
            return HIDDEN
        if self._is_called(element, NAVIGATES):
            return NAVIGATION
        return PAGE if self._is_called(element, FOOTS) else above

    def _main_part(self, body: Any) -> Any:
        """The element that says that it is the main part, and holds enough of the page's words."""
        found = body.xpath(".//main | .//*[@role='main']") or body.xpath(".//article")
        return found[0] if len(found) == 1 and not self._is_small(found[0]) else None

    def _is_called(self, element: Any, names: frozenset[str]) -> bool:
        """A part whose name says menu, and that holds most of the page, is a wrapper of it."""
        own = f"{element.get('class', '')} {element.get('id', '')}".lower()
        called_so = not names.isdisjoint(BETWEEN_NAMES.split(own))
        return called_so and self._is_small(element)

    def _is_small(self, element: Any) -> bool:
        return _count_words(element) < MAIN_SHARE * self._words


def _count_words(element: Any) -> int:
    return len("".join(element.itertext()).split())

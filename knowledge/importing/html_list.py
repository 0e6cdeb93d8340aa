"""The items of a list on a web page, with the numbers that a browser shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.importing.markers import MOST_COUNTED, counted
from knowledge.importing.whole_number import whole_number

FORMS = {"a": "letter", "i": "roman", "A": "LETTER", "I": "ROMAN"}
STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "lower-roman": "i",
    "upper-alpha": "A",
    "upper-latin": "A",
    "upper-roman": "I",
}
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
BULLET = "•"


def list_entries(element: Any) -> Iterator[tuple[Any, str]]:
    """Everything in the list with the marker before it; what is no item has none."""
    count = whole_number(element.get("start"), 1, MOST_COUNTED)
    for child in element:
        if child.tag != "li":
            yield child, ""
            continue
        count = whole_number(child.get("value"), count, MOST_COUNTED)
        yield child, _marker(element, count) if element.tag == "ol" else BULLET
        count += 1


def _marker(element: Any, count: int) -> str:
    style = LIST_STYLE.search(element.get("style", ""))
    kind = element.get("type") or STYLES.get(style[1] if style else "", "1")
    return f"{counted(count, FORMS.get(kind, 'decimal'))}."

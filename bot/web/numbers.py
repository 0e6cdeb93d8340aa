"""Numbers that a phone can ring, as links."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

NUMBER = r"\b(?:999|101|111|116 ?\d{3}|0\d{2,4} ?\d{3,4}(?: ?\d{3,4})?)\b"
"""As the contacts write them. The widget reads the same from `phrases.js`."""
_LINK = Markup('<a href="tel:{}">{}</a>')


def ringable(text: str) -> Markup:
    """The text with each number as a link that rings it."""
    parts: list[Markup] = []
    at = 0
    for found in re.finditer(NUMBER, text):
        number = found.group()
        parts += [escape(text[at : found.start()]), _LINK.format(number.replace(" ", ""), number)]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])

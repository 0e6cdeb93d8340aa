"""Numbers that a phone can ring, as links."""

from __future__ import annotations

from markupsafe import Markup

from bot.web.substitution import substituted

NUMBER = r"\b(?:999|101|111|116 ?\d{3}|0\d{2,4} ?\d{3,4}(?: ?\d{3,4})?)\b"
"""As the contacts write them. The widget reads the same."""
_LINK = Markup('<a href="tel:{}">{}</a>')


def ringable(text: str) -> Markup:
    """The text with each number as a link that rings it."""
    return substituted(
        NUMBER, text, lambda found: _LINK.format(found[0].replace(" ", ""), found[0])
    )

"""Emphasis that a source writes between asterisks, shown as emphasis. No character is left out."""

from __future__ import annotations

from markupsafe import Markup

from bot.web.substitution import substituted

EMPHASIS = r"\*(?!\s)([^*\n]*[^*\s])\*"
"""No blank inside the asterisks: those of two notes are none. The widget reads the same."""
_ASTERISK = Markup('<span class="unseen" aria-hidden="true">*</span>')
_EMPHASISED = Markup("{0}<em>{1}</em>{0}")


def emphasised(text: str) -> Markup:
    return substituted(EMPHASIS, text, lambda found: _EMPHASISED.format(_ASTERISK, found[1]))

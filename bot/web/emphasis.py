"""Emphasis that a source writes between asterisks, shown as emphasis. No character is left out."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

EMPHASIS = re.compile(r"\*([^*\n]+)\*")
"""As `verbatim.js` reads it."""
ASTERISK = Markup('<span class="unseen" aria-hidden="true">*</span>')
EMPHASISED = Markup("{0}<em>{1}</em>{0}")


def emphasised(text: str) -> Markup:
    parts: list[Markup] = []
    at = 0
    for found in EMPHASIS.finditer(text):
        parts += [escape(text[at : found.start()]), EMPHASISED.format(ASTERISK, found[1])]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])

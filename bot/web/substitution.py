"""Parts of a text as markup, all else as text."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape


def substituted(pattern: str, text: str, draw: Callable[[re.Match[str]], Markup]) -> Markup:
    parts: list[Markup] = []
    at = 0
    for found in re.finditer(pattern, text):
        parts += [escape(text[at : found.start()]), draw(found)]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])

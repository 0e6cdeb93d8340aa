"""Where the sentences of a text are."""

from __future__ import annotations

import re
from collections.abc import Iterator

SENTENCE_END = re.compile(r"(?<=[.?!;:])\s+(?=[A-Z“\"(0-9])|\n+")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each sentence or line."""
    start = 0
    for gap in SENTENCE_END.finditer(text):
        yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)

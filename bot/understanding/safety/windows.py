"""A long message in windows of words that overlap: what is told in one is read without the rest."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from bot.understanding.safety.prefilter import Prefilter

WORD = regex.compile(r"\S{1,40}")
"""What is longer is no word of any language that is read here, and is read piece by piece."""
WIDTH, STEP = 16, 8
"""Words: a sentence. Of 340 dangers joined to calm text windows of 24 lost 22, these 14, and they
alarm six more of 1,460 calm messages; `tests/understanding/safety` prints both."""
READ_WHOLE = 24
"""Words of a message that needs no windows."""
AROUND = 30
"""Words in one piece of an over-long text."""


def windows(
    text: str, width: int = WIDTH, step: int = STEP, read_whole: int = READ_WHOLE
) -> list[str]:
    """None where the text is short enough to be read whole."""
    words = list(WORD.finditer(text))
    if len(words) <= read_whole:
        return []
    return [text[start:end] for start, end in _spans(words, width, step)]


def likeliest(text: str, longest: int, prefilter: Prefilter) -> str:
    """The likeliest pieces of `text` in their order, a line each; at most `longest` characters."""
    words = list(WORD.finditer(text))
    spans = list(_spans(words, AROUND, AROUND)) if words else []
    scores = prefilter.scores([text[start:end] for start, end in spans])
    chosen: list[tuple[int, int]] = []
    left = longest
    for place in sorted(range(len(spans)), key=lambda place: -scores[place]):
        start, end = spans[place]
        if end - start + 1 <= left:
            chosen.append((start, end))
            left -= end - start + 1
    return "\n".join(text[start:end] for start, end in sorted(chosen)) or text[:longest]


def _spans(words: list[regex.Match[str]], width: int, step: int) -> Iterator[tuple[int, int]]:
    """[start, end) in characters of `width` words at a time, the last of which ends the text."""
    last = max(len(words) - width, 0)
    for first in dict.fromkeys([*range(0, last, step), last]):
        yield words[first].start(), words[min(first + width, len(words)) - 1].end()

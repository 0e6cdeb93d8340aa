"""What of a long text the model reads, which is slow: the words around the doubtful ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from bot.understanding.personal_data.tokens import Token

PIECE = regex.compile(r"\w+|[^\w\s]")
MOST = 100
"""Pieces that are read. The model takes about a tenth of a millisecond for each."""
AROUND = 5
"""Words that are read on either side of a doubtful one, within as many characters as `FAR`."""
FAR = 60


def excerpt(text: str, tokens: list[Token], doubtful: list[int]) -> tuple[str, set[int]]:
    """`text`, as long as it was and blank where it is not read, and the doubtful words in there.

    A text of at most `MOST` pieces is read whole.
    """
    if _pieces(text, 0, len(text)) <= MOST:
        return text, set()
    windows: list[tuple[int, int]] = []
    left = MOST
    for number, at in enumerate(doubtful):
        start, end = _window(tokens, at)
        start = max(start, windows[-1][1] if windows else 0)
        left -= _pieces(text, start, end)
        if left < 0:
            return _blanked(text, windows), set(doubtful[number:])
        windows.append((start, max(start, end)))
    return _blanked(text, windows), set()


def _window(tokens: list[Token], at: int) -> tuple[int, int]:
    token = tokens[at]
    start = tokens[max(0, at - AROUND)].start
    end = tokens[min(len(tokens) - 1, at + AROUND)].after
    return max(start, token.start - FAR), min(end, token.after + FAR)


def _pieces(text: str, start: int, end: int) -> int:
    return len(PIECE.findall(text, start, end))


def _blanked(text: str, windows: Iterable[tuple[int, int]]) -> str:
    return "".join(_kept(text, windows))


def _kept(text: str, windows: Iterable[tuple[int, int]]) -> Iterator[str]:
    read = 0
    for start, end in windows:
        yield " " * (start - read) + text[start:end]
        read = end
    yield " " * (len(text) - read)

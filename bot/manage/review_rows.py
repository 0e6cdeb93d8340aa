"""The lines of a document in rows: each with the passages that stand in it, or why none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from knowledge.documents import NotQuoted, PassageEntry
from knowledge.recutting import Cut, cut_points

OPENING_WORDS = 9
HEADING_LEVEL = 2
"""Of a heading of which only the words are known."""

RowKind = Literal["heading", "passages", "withheld", "loose"]


@dataclass(frozen=True)
class ReviewLine:
    number: int
    text: str
    level: int = 0
    """Of a heading, from 1; 0 for any other line."""


@dataclass(frozen=True)
class SplitPoint:
    at: int
    words: str
    """What the second part would begin with."""


@dataclass(frozen=True)
class ReviewPassage:
    """`follower` is the passage after it, into which it may be merged."""

    entry: PassageEntry
    follower: PassageEntry | None

    @cached_property
    def points(self) -> tuple[SplitPoint, ...]:
        return tuple(_points(self.entry.text))

    @property
    def anchor(self) -> str:
        return f"passage-{self.entry.id}"


@dataclass(frozen=True)
class ReviewRow:
    """Lines that belong together, and what is made of them. `withheld` says why they, or a part of
    them, are not quotable."""

    kind: RowKind
    lines: tuple[ReviewLine, ...]
    passages: tuple[ReviewPassage, ...] = ()
    withheld: NotQuoted | None = None

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number


def rows_of(cut: Cut) -> Iterator[ReviewRow]:
    """In the order of the text. Lines without words stand in none, unless a passage goes on."""
    lines = _Lines(cut)
    passages: dict[int, list[ReviewPassage]] = {}
    for each in _passages(cut):
        _, first = lines.key(each.entry.lines[0])
        passages.setdefault(first, []).append(each)
    for (kind, first), numbers in groupby(lines.told(), lines.key):
        row = list(numbers)
        inside = passages.get(first, ()) if kind == "passages" else ()
        yield ReviewRow(
            kind,
            tuple(ReviewLine(n, lines.text(n), lines.levels.get(n, 0)) for n in row),
            tuple(inside),
            lines.withheld.get(row[0] if kind != "passages" else first),
        )


class _Lines:
    """What each line of a document is, by its number from 1."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut

    def text(self, number: int) -> str:
        return self._cut.lines[number - 1].rstrip("\r\n")

    def told(self) -> Iterator[int]:
        for number in range(1, len(self._cut.lines) + 1):
            if number in self._stretches or self.text(number).strip():
                yield number

    def key(self, number: int) -> tuple[RowKind, int]:
        """What a line is, and a number that it shares with those of its row."""
        if number in self._stretches:
            return "passages", self._stretches[number]
        if number in self.withheld:
            return "withheld", self.withheld[number].lines[0]
        return ("heading", number) if number in self.levels else ("loose", 0)

    @cached_property
    def _stretches(self) -> dict[int, int]:
        """Of each line that passages hold, the first of the lines that they hold together."""
        found: dict[int, int] = {}
        first = last = 0
        for start, end in sorted(each.lines for each in self._cut.passages):
            first = start if start > last else first
            last = max(last, end)
            found |= dict.fromkeys(range(first, last + 1), first)
        return found

    @cached_property
    def withheld(self) -> dict[int, NotQuoted]:
        notes = self._cut.entry.not_quoted
        return {n: note for note in notes for n in range(note.lines[0], note.lines[1] + 1)}

    @cached_property
    def levels(self) -> dict[int, int]:
        """A document that was not imported has its headings in its passages."""
        if self._cut.entry.headings:
            return {each.line: each.level for each in self._cut.entry.headings}
        named = tuple({each.heading for each in self._cut.passages if each.heading})
        return {
            number: HEADING_LEVEL
            for number, line in enumerate(self._cut.lines, start=1)
            if line.strip() and line.strip().endswith(named)
        }


def _passages(cut: Cut) -> list[ReviewPassage]:
    followers = (*cut.passages[1:], None)
    return [
        ReviewPassage(each, follower)
        for each, follower in zip(cut.passages, followers, strict=True)
    ]


def _points(text: str) -> Iterator[SplitPoint]:
    for at in cut_points(text):
        words = text[at:].split(maxsplit=OPENING_WORDS)[:OPENING_WORDS]
        yield SplitPoint(at, " ".join(words))

"""The parts of a message that are read each for itself, and where they are in its redaction."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter

import regex

from bot.understanding.personal_data.placeholders import TAKEN_OUT

WORD = regex.compile(r"\S{1,40}")
"""What is longer is no word of any language that is read here, and is read piece by piece."""
SENTENCE_END = regex.compile(r"[.!?]['\")]*\s+|\n+")
CLAUSE_END = regex.compile(r"[.!?,;:]['\")]*\s+|\n+")
LEAST_CLAUSE = 3
WINDOW = 16
"""Words of a window: most emergencies are told in so many, and few say anything else beside."""
STEP = 4
SHORT_WINDOW = 9
"""Words of a narrow window: a cry for help that a long sentence drowns is told in so many."""
SHORT_STEP = 3


@dataclass(frozen=True, order=True)
class Segment:
    """Words `first` up to, not including, `last` of a text."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first

    def is_much_of(self, other: Segment) -> bool:
        """Whether the two share three quarters of the shorter one."""
        shared = min(self.last, other.last) - max(self.first, other.first)
        return shared >= 0.75 * min(len(self), len(other))


@dataclass(frozen=True)
class SegmentedText:
    """A person's own words and the same ones redacted."""

    own: str
    redacted: str

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """Where each word of `own` starts and ends."""
        return [word.span() for word in WORD.finditer(self.own)]

    @cached_property
    def sentences(self) -> list[Segment]:
        starts = [start for start, _ in self.words]
        ends = [bisect_left(starts, end.end()) for end in SENTENCE_END.finditer(self.own)]
        bounds = sorted({0, *ends, len(starts)})
        return [Segment(*bound) for bound in pairwise(bounds)]

    @cached_property
    def clauses(self) -> list[Segment]:
        """What stands between the commas within a sentence, where it is more than a word or two."""
        starts = [start for start, _ in self.words]
        ends = [bisect_left(starts, end.end()) for end in CLAUSE_END.finditer(self.own)]
        bounds = sorted({0, *ends, len(starts)})
        clauses = [Segment(*bound) for bound in pairwise(bounds)]
        whole = frozenset(self.sentences)
        return [each for each in clauses if len(each) >= LEAST_CLAUSE and each not in whole]

    @cached_property
    def parts(self) -> list[Segment]:
        """Whole, sentences, neighbours together, clauses and, in a long sentence, windows.

        What one sentence begins, the next may finish. A part longer than two windows is left to
        its own parts, as what it says would drown in it.
        """
        sentences = self.sentences
        pairs = [Segment(one.first, two.last) for one, two in pairwise(sentences)]
        whole = [Segment(0, len(self.words))] if self.words else []
        windows = [window for sentence in sentences for window in windows_of(sentence)]
        parts = (*whole, *sentences, *pairs, *self.clauses)
        short = (part for part in parts if len(part) <= 2 * WINDOW)
        return list(dict.fromkeys((*short, *windows)))

    @cached_property
    def narrow(self) -> list[Segment]:
        """Narrow windows in the sentences, each of which says less than it was meant to."""
        return [
            window
            for sentence in self.sentences
            for window in windows_of(sentence, SHORT_WINDOW, SHORT_STEP)
        ]

    def own_of(self, part: Segment) -> str:
        return self.own[self.words[part.first][0] : self.words[part.last - 1][1]]

    def redacted_of(self, part: Segment) -> str | None:
        """The part without personal data; None where the redaction does not reach, or differs."""
        start = self._place(self.words[part.first][0], after=False)
        end = self._place(self.words[part.last - 1][1], after=True)
        return None if start is None or end is None else self.redacted[start:end]

    @cached_property
    def _pieces(self) -> list[tuple[int, int, int]]:
        """(start in own, start in redacted, length) of what the redaction left as it was."""
        return list(_left_as_it_was(self.own, self.redacted))

    def _place(self, at: int, *, after: bool) -> int | None:
        """Where `own[at]` is in the redaction: what was taken out is there as a whole."""
        found = bisect_right(self._pieces, at, key=itemgetter(0)) - 1
        if found < 0:
            return None
        start, place, length = self._pieces[found]
        if at <= start + length:
            return place + at - start
        if found + 1 == len(self._pieces):
            return None
        return self._pieces[found + 1][1] if after else place + length


def windows_of(part: Segment, width: int = WINDOW, step: int = STEP) -> Iterator[Segment]:
    """`part` in windows that overlap, the last of which ends with it; none where it fits in one."""
    last = part.last - width
    if last > part.first:
        yield from (Segment(at, at + width) for at in range(part.first, last, step))
        yield Segment(last, part.last)


def _left_as_it_was(own: str, redacted: str) -> Iterator[tuple[int, int, int]]:
    at = place = 0
    for gap in [*TAKEN_OUT.finditer(redacted), None]:
        piece = redacted[place : gap.start() if gap else None]
        # Behind the last placeholder nothing is left, wherever what it stands for ended.
        found = own.find(piece, at) if piece or gap else len(own)
        if found < 0:
            return
        yield found, place, len(piece)
        at = found + len(piece)
        if gap:
            at, place = at + 1, gap.end()

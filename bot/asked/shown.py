"""What of a count may be shown to a board: nothing that came of a few conversations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.asked.marks import UNKNOWN

FEWEST = 5
"""Conversations. Fewer might be one team, or one person. The Office for National Statistics does
not publish counts below five or so of health and care for that reason."""
HELD_BACK = "held back"
TOO_FEW = "too few to say"
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class CountedUse:
    """How often, and in which conversations. `unmarked`: so often before there were marks, when
    nobody knew in how many."""

    times: int = 0
    marks: frozenset[str] = frozenset()
    unmarked: int = 0

    @classmethod
    def of(cls, mark: str, times: int) -> CountedUse:
        return cls(times, unmarked=times) if mark == UNKNOWN else cls(times, frozenset({mark}))

    def __add__(self, other: CountedUse) -> CountedUse:
        return CountedUse(
            self.times + other.times, self.marks | other.marks, self.unmarked + other.unmarked
        )

    @property
    def is_shown(self) -> bool:
        """What nobody asked tells of nobody."""
        return not self.times or len(self.marks) + self.unmarked >= FEWEST


def added(counts: Iterable[CountedUse]) -> CountedUse:
    return sum(counts, CountedUse())


def number(count: CountedUse) -> str:
    """As it may be shown."""
    if not count.times:
        return "none"
    return f"{count.times:,}" if count.is_shown else HELD_BACK


def total(counts: Iterable[CountedUse]) -> str:
    """Of numbers that are shown beside it. Where one is held back, it cannot be worked out."""
    whole = [each for each in counts if each.times]
    shown = sum(each.times for each in whole if each.is_shown)
    if all(each.is_shown for each in whole):
        return f"{shown:,}" if shown else "none"
    return f"at least {shown:,}" if shown else HELD_BACK


def share(part: CountedUse, others: Sequence[CountedUse]) -> str:
    """In whole per cent of all together. What is held back is left out, so that it cannot be worked
    out; where nothing else is left, there is no share."""
    left = [each for each in others if each.is_shown]
    rest = sum(each.times for each in left)
    if not part.times + sum(each.times for each in others):
        return NOT_KNOWN
    if not part.is_shown or (len(left) < len(others) and not rest):
        return TOO_FEW
    without = ", leaving out what is held back" if len(left) < len(others) else ""
    return f"{100 * part.times / (part.times + rest):.0f}%{without}"

"""Which passage of the new edition goes on with which of the old one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel
from scipy.optimize import linear_sum_assignment

from knowledge.revision.wording import Words

Pairs = dict[int, int]
"""Of old places to new ones, both counted from 0."""
Scores = NDArray[np.float32]

ALIKE = 0.5
"""The least share of words, in order, that a passage has in common with the one that it goes on
with: twice the common words over all words of both. `python -m bench.revision` shows what others
would do (docs/new-edition.md has its figures)."""
CONTEXT_COUNTS = 0.05
"""So much the same lead-in, heading, number and place speak for two passages beside their words."""
PART = 0.85
"""The least share of a part's words that stand together in the whole, for a paragraph that was
split or joined."""
FIRST_LETTER = 0x10000
"""The first code beyond the surrogates, which are no letters."""
FEWEST_WORDS = 5
"""Fewer words than these stand in other paragraphs by chance."""


@dataclass(frozen=True)
class Comparable:
    """What two passages are compared by. `place`: from 0 for the first of the document to 1."""

    words: Words
    lead_in: Words
    heading: Words
    number: Words
    place: float


@dataclass(frozen=True)
class Matcher:
    """Old and new passages, in the order of their editions."""

    old: Sequence[Comparable]
    new: Sequence[Comparable]
    _letters: dict[str, str] = field(default_factory=dict)
    _known: dict[Words, str] = field(default_factory=dict)

    def pairs(self) -> Pairs:
        """Those of the same words first, then the likest of the others; each stands in one pair."""
        same = self._same_words()
        left = [at for at in range(len(self.old)) if at not in same]
        taken = set(same.values())
        free = [at for at in range(len(self.new)) if at not in taken]
        return same | self._alike(left, free)

    def holding(self, part: Words, wholes: Iterable[tuple[int, Words]]) -> list[int]:
        """Those of `wholes` that nearly all words of `part` stand in, one after the other."""
        if len(part) < FEWEST_WORDS:
            return []
        said = self._encoded(part)
        return [
            at
            for at, whole in wholes
            if len(whole) > len(part)
            and fuzz.partial_ratio(said, self._encoded(whole), score_cutoff=100 * PART)
        ]

    def _same_words(self) -> Pairs:
        """Where several have the same words, such as an item that stands in two lists, what is
        around them decides."""
        groups: defaultdict[Words, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for at, each in enumerate(self.old):
            groups[each.words][0].append(at)
        for at, each in enumerate(self.new):
            groups[each.words][1].append(at)
        found: Pairs = {}
        for old, new in groups.values():
            if len(old) == len(new) == 1:
                found[old[0]] = new[0]
            elif old and new:
                found |= dict(_assigned(old, new, self._context(old, new)))
        return found

    def _alike(self, old: list[int], new: list[int]) -> Pairs:
        if not old or not new:
            return {}
        alike = process.cdist(
            [self._old_letters[at] for at in old],
            [self._new_letters[at] for at in new],
            scorer=Indel.normalized_similarity,
            score_cutoff=ALIKE,
            dtype=np.float32,
        )
        scores = np.where(alike > 0, alike + CONTEXT_COUNTS * self._context(old, new), 0)
        return dict(_assigned(old, new, scores))

    def _context(self, old: list[int], new: list[int]) -> Scores:
        """From 0 to 1: how much is the same around two passages. All four parts count the same."""
        was, now = [self.old[at] for at in old], [self.new[at] for at in new]
        lead_ins = _equal([each.lead_in for each in was], [each.lead_in for each in now])
        headings = _equal([each.heading for each in was], [each.heading for each in now])
        numbers = _equal([each.number for each in was], [each.number for each in now])
        places = np.array([each.place for each in was], dtype=np.float32)
        others = np.array([each.place for each in now], dtype=np.float32)
        near = 1 - np.abs(places[:, None] - others[None, :])
        around: Scores = (lead_ins + headings + numbers + near) / np.float32(4)
        return around

    @cached_property
    def _old_letters(self) -> list[str]:
        return [self._encoded(each.words) for each in self.old]

    @cached_property
    def _new_letters(self) -> list[str]:
        return [self._encoded(each.words) for each in self.new]

    def _encoded(self, said: Words) -> str:
        """A letter a word, so that the comparison counts words."""
        if said not in self._known:
            letters = self._letters
            for word in said:
                letters.setdefault(word, chr(FIRST_LETTER + len(letters)))
            self._known[said] = "".join(letters[word] for word in said)
        return self._known[said]


def _equal(old: Sequence[Words], new: Sequence[Words]) -> Scores:
    """1 where both are the same and not empty."""
    numbers: dict[Words, int] = {(): 0}
    was = np.array([numbers.setdefault(each, len(numbers)) for each in old])
    now = np.array([numbers.setdefault(each, len(numbers)) for each in new])
    equal: NDArray[np.bool_] = (was[:, None] == now[None, :]) & (was[:, None] > 0)
    return equal.astype(np.float32)


def _assigned(old: list[int], new: list[int], scores: Scores) -> Iterator[tuple[int, int]]:
    """The pairs with the highest sum, without those that score nothing."""
    for row, column in zip(*linear_sum_assignment(scores, maximize=True), strict=True):
        if scores[row, column] > 0:
            yield old[row], new[column]


def in_order(pairs: Pairs) -> set[int]:
    """The old places of the most pairs that stand in the same order in both editions: the others
    were moved past them."""
    ends: list[int] = []  # Of the runs of each length, the new place that the lowest one ends in.
    last_of: list[int] = []  # The old place of each.
    before: dict[int, int | None] = {}
    for old, new in sorted(pairs.items()):
        at = bisect_left(ends, new)
        before[old] = last_of[at - 1] if at else None
        ends[at : at + 1], last_of[at : at + 1] = [new], [old]
    found: set[int] = set()
    last = last_of[-1] if last_of else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found

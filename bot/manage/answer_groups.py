"""Answers that the draft changes, by the way in which they are otherwise, for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.operations.replay import IN_ORDER, AskedOfBoth, Otherwise
from knowledge.costs import Act

TITLES: Mapping[Otherwise, str] = {
    "lost": "The passage that stood first is no longer shown",
    "verdict": "Answered where it was not, or the other way round",
    "document": "Another document stands first",
    "words": "The same passage first, in other words",
    "order": "Only the order is another, or another passage of the same document stands first",
    "further": "Only what is shown after the first passage is other",
}
CALLED: Mapping[Act, str] = {
    "answers": "Answered",
    "closest": "Nearest",
    "not_covered": "Not answered",
    "outside": "Outside the field",
}
FOLDED = {"words", "order", "further"}
"""What a person need not read one by one: the words are looked at where the document is."""
AT_ONCE = 20
"""Answers of a group that stand open; the others are folded."""


@dataclass(frozen=True)
class AnswerGroup:
    kind: Otherwise
    answers: tuple[AskedOfBoth, ...]

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    @property
    def is_folded(self) -> bool:
        return self.kind in FOLDED

    @property
    def open(self) -> tuple[AskedOfBoth, ...]:
        return self.answers[:AT_ONCE]

    @property
    def more(self) -> tuple[AskedOfBoth, ...]:
        return self.answers[AT_ONCE:]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(each.id for each in self.answers)


def grouped(asked: Iterable[AskedOfBoth]) -> list[AnswerGroup]:
    """Those that there are, the weightiest first."""
    found: dict[Otherwise, list[AskedOfBoth]] = {kind: [] for kind in IN_ORDER}
    for each in asked:
        # What is worse although the same is shown counts by where the passage stands.
        found[each.otherwise or "order"].append(each)
    return [AnswerGroup(kind, tuple(answers)) for kind, answers in found.items() if answers]

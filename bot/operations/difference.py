"""One thing that a state of the content changes in another, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from bot.operations.passage_differences import PassageDifference

Titles = Mapping[str, str]
"""Of the documents, by their ids."""

Sort = Literal["document", "notice", "contact", "answer", "walk", "rests", "other"]
"""`answer`: a known gap, or what is outside the field; `walk`: a decision to talk
through, or a lesson; `rests`: one of these that says the same, and rests on something else."""
SORTS: tuple[Sort, ...] = get_args(Sort)
Became = Literal["new", "back", "new_edition", "gone", "changed"]
"""`back`: new beside the state before, and an earlier one had it."""


@dataclass(frozen=True)
class ContentDifference:
    """`id` is a document's, and empty for what belongs to none. `said`: a sentence for each
    difference, for those who edit. `told`: what those who read the assistant's answers are told of
    it, under the name `called`; empty where they meet none of it. `page`: where what differs is
    edited, below `/manage`; empty where it has no page, or is gone. `became`: what happened to it
    on the whole. `counted`: of a document's passages, how many are which; empty where none
    differs. `reworded`: those of its passages that say something new."""

    id: str
    title: str
    said: tuple[str, ...]
    told: tuple[str, ...] = ()
    page: str = ""
    told_as: str = ""
    sort: Sort = "other"
    became: Became = "changed"
    counted: str = ""
    reworded: tuple[PassageDifference, ...] = ()

    @property
    def called(self) -> str:
        """By those who read."""
        return self.told_as or self.title


def became_of(old: object, new: object) -> Became:
    """`old` and `new`: it on either side; None where it is not there."""
    return "new" if old is None else "gone" if new is None else "changed"

"""One thing that a state of the content changes in another, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Titles = Mapping[str, str]
"""Of the documents, by their ids."""


@dataclass(frozen=True)
class ContentDifference:
    """`id` is a document's, and empty for what belongs to none. `said`: a sentence for each
    difference, for those who edit. `told`: what those who read the assistant's answers are told of
    it, under the name `called`; empty where they meet none of it. `page`: where what differs is
    edited, below `/manage`; empty where it has no page, or is gone. `is_gone`: nothing of it is
    left."""

    id: str
    title: str
    said: tuple[str, ...]
    told: tuple[str, ...] = ()
    page: str = ""
    told_as: str = ""
    is_gone: bool = False

    @property
    def called(self) -> str:
        """By those who read."""
        return self.told_as or self.title

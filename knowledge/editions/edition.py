"""What is known of an edition: when it was published, by whom, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from knowledge.editions.contents import files_of, newest

BACK = "Back to edition"
"""So the summary of one that goes back to an earlier one begins."""
SHIPPED = "shipped"
"""The id of the edition that came with the assistant, which nobody has changed."""


@dataclass(frozen=True)
class Edition:
    """`summary` says in one line what it changed, `why` at more length; `published_at` is UTC."""

    id: str
    published_at: datetime
    who: str
    why: str
    summary: str

    @property
    def day(self) -> date | None:
        """When it was published; None for what came with the assistant."""
        return None if self.id == SHIPPED else self.published_at.date()

    @property
    def goes_back(self) -> bool:
        return self.summary.startswith(BACK)


def as_shipped(folder: Path, data: Path | None = None) -> Edition:
    """The edition in the folders that came with the assistant, of the time it was put there."""
    at = newest(files_of(folder, data).values())
    return Edition(SHIPPED, at, "First Principles", "", "The content as shipped")

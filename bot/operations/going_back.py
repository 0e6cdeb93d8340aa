"""Going back to an earlier edition of the content, if it can still be answered from."""

from __future__ import annotations

from pathlib import Path

from bot.errors import UserFacingError
from bot.operations.content_check import checked_content
from knowledge.editions import Edition, Editions


class CannotGoBack(UserFacingError):
    """What cites the edition's passages has changed since."""


def go_back(editions: Editions, data: Path, edition_id: str, who: str, why: str) -> Edition:
    """Publishes it again. Raises CannotGoBack, with every place in the way, and ContentError."""
    with editions.copy(edition_id) as folder:
        found = checked_content(folder, data)
    if found.slips:
        raise CannotGoBack(
            f"Edition {edition_id} can no longer be answered from, so nothing was published. Change"
            f" these places first:\n{found.told()}"
        )
    return editions.rollback(edition_id, who, why)

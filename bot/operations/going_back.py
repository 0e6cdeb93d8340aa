"""Going back to an earlier edition of the content, if it can still be answered from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.errors import UserFacingError
from bot.operations.content_check import checked_content
from bot.operations.difference import ContentDifference, Titles
from bot.operations.differences import differences
from bot.operations.lost_things import lost_things
from knowledge.editions import Edition, Editions
from knowledge.errors import ContentError


class CannotGoBack(UserFacingError):
    """What cites the edition's passages has changed since."""


@dataclass(frozen=True)
class GoingBack:
    """What going back makes of the live edition: what is `lost`, and what is `other` than now. A
    document that had an earlier edition then stands in both. Not `is_known` where either cannot be
    read: whoever goes back from what is broken is not held up."""

    lost: tuple[ContentDifference, ...] = ()
    other: tuple[ContentDifference, ...] = ()
    is_known: bool = True

    @classmethod
    def to(cls, editions: Editions, edition_id: str, titles: Titles) -> GoingBack:
        """`titles`: of the documents that are answered from now. Raises ContentError where there is
        no such edition."""
        with editions.copy(editions.live().id) as live, editions.copy(edition_id) as earlier:
            try:
                found = differences(live, earlier, titles)
                lost = tuple(lost_things(live, earlier, found))
            except ContentError:
                return cls(is_known=False)
        return cls(
            lost,
            tuple(each for each in found if each.became != "gone"),
        )


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

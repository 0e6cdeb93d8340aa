"""The branch of the draft: its changes, and the edition that they were made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from dulwich.objects import Commit, ObjectID

from knowledge.editions.edition import Edition
from knowledge.editions.merging import Merge, merged
from knowledge.editions.repository import DRAFT, ID_LENGTH, Commits, edition_of
from knowledge.editions.weaving import Side
from knowledge.errors import ContentError, Location

PLACE = Location("the draft")
NO_DRAFT = "there are no changes that wait to be published"
MOVED = (
    "somebody else has changed the draft since you looked at it. Look at the list of changes again"
    " before you go on"
)


@dataclass(frozen=True)
class DraftChange:
    """One change that waits: who made it, when (UTC), and what it is in one line; `more` of it in
    as many as it takes."""

    id: str
    at: datetime
    who: str
    what: str
    more: str = ""


@dataclass(frozen=True)
class WaitingDraft:
    """`id` is that of its last change. `changes`: the oldest first. `newer` is the live edition,
    where that is another one than the draft was made from; `open` names what both changed."""

    id: str
    made_from: Edition
    changes: tuple[DraftChange, ...]
    newer: Edition | None = None
    open: tuple[str, ...] = ()


class DraftMoved(ContentError):
    """The draft is no longer what the person saw who wants to publish, undo or discard it."""


@dataclass(frozen=True)
class Tip:
    """The draft in the repository. `base`: the edition that it was made from, or last met."""

    commit: Commit
    base: Commit


def change_id(commit: Commit) -> str:
    return commit.id.decode()[:ID_LENGTH]


def tip_of(commits: Commits) -> Tip | None:
    """None also for a draft that was published, and whose branch nobody could take away."""
    commit = commits.tip(DRAFT)
    if commit is None:
        return None
    base = _base(commits, commit)
    head = commits.head()
    was_published = base.id != head.id and commit.tree == head.tree
    return None if was_published else Tip(commit, base)


def _base(commits: Commits, commit: Commit) -> Commit:
    """The edition that a change was made on: it leads to it, or took it over last."""
    editions = {each.id for each in commits.all()}
    while commit.id not in editions:
        met = commits.parent(commit, 1) or commits.parent(commit)
        if met is None:
            return commits.head()
        commit = met
    return commit


def is_edition(commits: Commits, commit: Commit) -> bool:
    return any(each.id == commit.id for each in commits.all())


def before_next(commits: Commits) -> Commit:
    """What the next change is made to. A draft that was published already is let go."""
    tip = tip_of(commits)
    if tip:
        return tip.commit
    commits.point_draft(commits.tip(DRAFT), None)
    return commits.head()


def seen_tip(commits: Commits, seen: str) -> Tip:
    tip = tip_of(commits)
    if tip is None:
        raise ContentError.at(PLACE, NO_DRAFT)
    if change_id(tip.commit) != seen:
        raise DraftMoved(*ContentError.at(PLACE, MOVED).violations)
    return tip


def described(commits: Commits, tip: Tip) -> WaitingDraft:
    head = commits.head()
    is_behind = tip.base.id != head.id
    return WaitingDraft(
        id=change_id(tip.commit),
        made_from=edition_of(tip.base),
        changes=tuple(reversed(list(_changes(commits, tip.commit)))),
        newer=edition_of(head) if is_behind else None,
        open=merge_of(commits, tip, head, {}).open if is_behind else (),
    )


def _changes(commits: Commits, commit: Commit) -> Iterator[DraftChange]:
    """The newest first."""
    editions = {each.id for each in commits.all()}
    each: Commit | None = commit
    while each and each.id not in editions:
        told = edition_of(each)
        yield DraftChange(change_id(each), told.published_at, told.who, told.summary, told.why)
        each = commits.parent(each)


def merge_of(
    commits: Commits, tip: Tip, head: Commit, chosen: Mapping[str, Side]
) -> Merge[ObjectID]:
    base, mine, theirs = map(commits.files, (tip.base, tip.commit, head))
    return merged(base, mine, theirs, chosen, commits)

"""Publishing the draft, with what the history says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.operations.going_with import WENT
from bot.operations.replay import AskedOfBoth
from bot.operations.signing import lacking_signatures
from knowledge.editions import DraftChange, Drafts, Edition, Editions, WaitingDraft
from knowledge.errors import ContentError, Location, Violation

TOLD = 3
"""Changes that the summary names."""
NOTED = re.compile(r"\d{1,2} \w+ \d{4}, \d\d:\d\d UTC, .+: ")
"""How `told` begins."""
MEANT = "Published although these answers are worse with it; this is meant:"
OURS = (MEANT, WENT)
MORE = re.compile(r"^and (\d+) more$", re.MULTILINE)
"""How `told_meant` ends where it does not name all."""
WORSE_TOLD = 100
"""Answers that are worse and meant, each with its two replies: more are counted."""


def publish_draft(
    editions: Editions,
    drafts: Drafts,
    draft: WaitingDraft,
    who: str,
    why: str,
    meant: Sequence[AskedOfBoth] = (),
) -> Edition:
    """The edition keeps every change with who made it and when, and every answer that is worse by
    it and meant so.

    Raises ContentError, also where two people have to sign a document or a notice and have not.
    """
    if lacking := lacking_signatures(editions, draft, drafts.folder(draft)).called:
        problem = "two different people have to sign this before it is published"
        raise ContentError(*(Violation(Location(each), problem) for each in lacking))
    reason = "\n\n".join(filter(None, (why.strip(), told(draft), told_meant(meant))))
    return drafts.publish(draft.id, who, reason, summary_of(draft))


def given_reason(why: str) -> str:
    """What the person wrote of an edition's `why`, without what was noted below it."""
    parts = why.split("\n\n")
    ours = (n for n, part in enumerate(parts) if NOTED.match(part) or part.startswith(OURS))
    return "\n\n".join(parts[: next(ours, len(parts))]).strip()


def count_meant(why: str) -> int:
    """How many answers an edition's `why` says were worse, and meant so."""
    noted = next((part for part in why.split("\n\n") if part.startswith(MEANT)), "")
    more = MORE.search(noted)
    return noted.count("\n  ") + (int(more[1]) if more else 0)


def summary_of(draft: WaitingDraft) -> str:
    """In one line: the changes themselves where they are few."""
    what = list(dict.fromkeys(each.what for each in draft.changes))
    more = len(what) - TOLD
    return "; ".join(what[:TOLD]) + (f"; and {more} more" if more > 0 else "")


def told(draft: WaitingDraft) -> str:
    return "\n".join(line for each in draft.changes for line in _told(each))


def _told(change: DraftChange) -> Iterator[str]:
    yield f"{change.at:%-d %B %Y, %H:%M} UTC, {change.who}: {change.what}"
    if change.more:
        yield change.more


def told_meant(meant: Sequence[AskedOfBoth]) -> str:
    if not meant:
        return ""
    more = len(meant) - WORSE_TOLD
    return "\n".join(
        (
            MEANT,
            *map(str, meant[:WORSE_TOLD]),
            *((f"and {more} more",) if more > 0 else ()),
        )
    )

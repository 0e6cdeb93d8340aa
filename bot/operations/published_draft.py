"""Publishing the draft, with what the history says of it."""

from __future__ import annotations

from bot.operations.signing import lacking_signatures
from knowledge.editions import Drafts, Edition, Editions, WaitingDraft
from knowledge.errors import ContentError, Location, Violation

TOLD = 3
"""Changes that the summary names."""


def publish_draft(
    editions: Editions, drafts: Drafts, draft: WaitingDraft, who: str, why: str
) -> Edition:
    """The edition keeps every change with who made it and when.

    Raises ContentError, also where two people have to sign a document and have not.
    """
    if lacking := lacking_signatures(editions, draft, drafts.folder(draft)):
        problem = "two different people have to sign this document before it is published"
        raise ContentError(*(Violation(Location(each.title), problem) for each in lacking))
    reason = "\n\n".join(filter(None, (why.strip(), told(draft))))
    return drafts.publish(draft.id, who, reason, summary_of(draft))


def summary_of(draft: WaitingDraft) -> str:
    """In one line: the changes themselves where they are few."""
    what = list(dict.fromkeys(each.what for each in draft.changes))
    more = len(what) - TOLD
    return "; ".join(what[:TOLD]) + (f"; and {more} more" if more > 0 else "")


def told(draft: WaitingDraft) -> str:
    return "\n".join(
        f"{each.at:%-d %B %Y, %H:%M} UTC, {each.who}: {each.what}" for each in draft.changes
    )

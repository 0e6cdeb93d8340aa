"""What the history says of a published draft, and what of it a person wrote."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.operations.published_draft import WORSE_TOLD, count_meant, given_reason, told, told_meant
from bot.operations.replay import AskedOfBoth
from bot.operations.replay.questions import ReplayedQuestion
from bot.operations.replay.replies import ReplayedReply
from knowledge.editions import WaitingDraft
from knowledge.editions.draft_branch import DraftChange
from knowledge.editions.edition import SHIPPED, Edition

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_the_reason_is_what_was_written_and_not_what_is_noted_below_it() -> None:
    changes = (
        DraftChange("a", AT, "Ann Lee", "Mended: a cut"),
        DraftChange("b", AT, "cy", "Retired: x"),
    )
    noted = told(WaitingDraft("d", Edition(SHIPPED, AT, "", "", ""), changes))
    meant = "Published although these answers are worse with it; this is meant:\nwhat is x"
    assert given_reason(f"Why.\n\nAnd why.\n\n{noted}\n\n{meant}") == "Why.\n\nAnd why."
    assert given_reason(noted) == given_reason(meant) == given_reason("") == ""
    assert given_reason("A mistake on 20 November 2026.") == "A mistake on 20 November 2026."


def test_what_was_worse_and_meant_can_be_counted_later() -> None:
    right, wrong = ReplayedReply(0, "not_covered", ()), ReplayedReply(1, "not_covered", ())
    each = AskedOfBoth(ReplayedQuestion("What is x?", "gap", "gap-x", "X"), right, wrong)
    for many in (1, 3, WORSE_TOLD + 1205):
        assert count_meant(f"Why.\n\n{told_meant([each] * many)}") == many
    assert count_meant("Published.\n\n  Because.") == count_meant("") == 0

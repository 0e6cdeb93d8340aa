"""What the history says of a published draft, and what of it a person wrote."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.operations.published_draft import given_reason, told
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

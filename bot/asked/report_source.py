"""What the board's report is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.asked.contribution import UsageEvent
from bot.asked.groups import AskedGroup
from bot.asked.report_blocks import Period
from bot.operations.difference import ContentDifference
from bot.operations.due import DueReview
from bot.operations.signed_state import SignedState
from knowledge.editions import Edition


@dataclass(frozen=True)
class ReportSource:
    """`counts`, `unanswered`, `unhelpful` and `changes` are of the period; the rest is as it stands
    `today`.

    `first_counted`: the first day of which anything was counted. `questions_since`: the first of
    which questions are still kept, None where none are kept. `flows`: titles by id. `places`: of
    passages, by their ids. `changes`: what each edition changed, the newest first. `roles`: of
    those who publish, by their names, where they are known. `places_open`: how many somebody has to
    look at, as their source has changed.
    """

    partnership: str
    today: date
    counts: Sequence[tuple[UsageEvent, int]]
    first_counted: date | None
    unanswered: Sequence[AskedGroup]
    unhelpful: Sequence[AskedGroup]
    questions_since: date | None
    flows: Mapping[str, str]
    places: Mapping[str, str]
    changes: Sequence[tuple[Edition, Sequence[ContentDifference]]]
    roles: Mapping[str, str]
    overdue: Sequence[DueReview]
    soon: Sequence[DueReview]
    signed: Sequence[SignedState]
    places_open: int

    @property
    def unsigned(self) -> list[SignedState]:
        return [each for each in self.signed if each.sign_off.kind != "signed"]


def within(period: Period, editions: Iterable[Edition]) -> list[Edition]:
    """Those that were published in the period."""
    return [e for e in editions if e.day and period.since <= e.day <= period.until]

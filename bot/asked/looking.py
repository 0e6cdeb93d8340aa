"""What whoever looks after the content sees of the questions asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from bot.asked.contribution import ASKED_KINDS, AskedKind
from bot.asked.groups import AlikeQuestions, AskedGroup
from bot.asked.store import AskedStore
from knowledge import Answer, Knowledge
from knowledge.findings import Findings

PERIODS = (30, 90)
"""Days that the page offers."""
NEAREST = 3
"""Passages beside a question: as many as an answer shows."""


@dataclass(frozen=True)
class AskedFilter:
    """`area` is "" for those who named none, and None for all."""

    kind: AskedKind | None = None
    area: str | None = None
    days: int = PERIODS[0]

    @classmethod
    def of(cls, kind: str, area: str, days: int, areas: Sequence[str]) -> AskedFilter:
        """What is not known is not filtered by: a page with an old address still opens."""
        return cls(
            next((each for each in ASKED_KINDS if each == kind), None),
            {"none": ""}.get(area, area if area in areas else None),
            days if days > 0 else PERIODS[0],
        )

    @property
    def query(self) -> str:
        """As the address of a page has it."""
        named = {None: "", "": "none"}
        area = named.get(self.area, self.area)
        return urlencode({"kind": self.kind or "", "area": area or "", "days": self.days})


@dataclass(frozen=True)
class Looking:
    """Synchronous; takes seconds where many questions are new. Raises EncoderFailed."""

    store: AskedStore
    alike: AlikeQuestions
    knowledge: Knowledge
    today: Callable[[], date]

    def groups(self, wanted: AskedFilter) -> list[AskedGroup]:
        since = self.today() - timedelta(days=wanted.days)
        kinds = (wanted.kind,) if wanted.kind else ()
        asked = self.store.asked(since, None, kinds, wanted.area)
        return self.alike.groups(asked, by_kind=True)

    def group(self, wanted: AskedFilter, group_id: str) -> AskedGroup | None:
        return next((each for each in self.groups(wanted) if each.id == group_id), None)

    def now(self, group: AskedGroup) -> Findings:
        """What a person is told today who asks it, and what is nearest. No mark at its end was
        kept, and with one a question may be told something else: what is told is the lesser of
        both, so that none seems answered that is not."""
        question = group.typical
        area = group.areas[0] or None if len(group.areas) == 1 else None
        replies = [self.knowledge.answer(each, area) for each in (question, f"{question}?")]
        told = min(replies, key=_answered)
        found = self.knowledge.search(question, NEAREST, area)
        return replace(
            found, verdict=told.verdict, confidence=told.confidence, gap=told.gap or found.gap
        )


def _answered(told: Answer) -> int:
    """How far: not, by the nearest, or surely."""
    return (1 + (told.confidence == "answers")) if told.verdict == "answerable" else 0

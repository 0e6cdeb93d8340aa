"""Gathers what the report for the board is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.asked.contribution import ASKED_KINDS
from bot.asked.groups import AskedGroup
from bot.asked.report_blocks import Period
from bot.asked.report_source import ReportSource, within
from bot.asked.store import AskedStore, AskedTally
from bot.container import Content
from bot.operations.due import due
from bot.operations.edition_changes import edition_changes, titles_of
from bot.operations.signed_state import signed_states
from bot.settings import Settings
from knowledge.editions import Editions
from knowledge.library import Library


@dataclass(frozen=True)
class BoardSources:
    """Where it is gathered. `groups` puts alike questions together. `roles`: of those who publish,
    by the names that the history has."""

    settings: Settings
    store: AskedStore
    groups: Callable[[Sequence[AskedTally]], list[AskedGroup]]
    editions: Editions
    library: Library
    content: Content
    roles: Mapping[str, str]

    def of(self, period: Period, today: date) -> ReportSource:
        """Synchronous. Raises ContentError, and SQLAlchemyError where the database fails."""
        titles = titles_of(self.library)
        live = self.editions.live_folder()
        found = due(self.library, self.content, live, self.settings.data_dir)
        return ReportSource(
            partnership=self.content.contacts.partnership,
            today=today,
            counts=self.store.counts(period.since, period.until),
            first_counted=self.store.first_counted(),
            unanswered=self._asked(period, unhelpful=False),
            unhelpful=self._asked(period, unhelpful=True),
            questions_since=self._questions_since(today),
            flows={flow.id: flow.title for flow in self.content.flows.values()},
            places=self._places(),
            changes=[
                (each, edition_changes(self.editions, each.id, titles))
                for each in within(period, self.editions.history())
            ],
            roles=self.roles,
            overdue=found.overdue(today),
            soon=found.soon(today),
            signed=tuple(signed_states(self.library, live)),
            places_open=found.places_open,
        )

    def _asked(self, period: Period, *, unhelpful: bool) -> list[AskedGroup]:
        kinds = [each for each in ASKED_KINDS if (each == "unhelpful") is unhelpful]
        return self.groups(self.store.asked(period.since, period.until, kinds, dealt_with=True))

    def _questions_since(self, today: date) -> date | None:
        settings = self.settings
        days = timedelta(days=settings.asked_retention_days)
        return today - days if settings.keep_asked else None

    def _places(self) -> dict[str, str]:
        titles = {each.id: each.title for each in self.library.documents.values()}
        return {
            each.id: f"{titles[each.document_id]}, {each.reference}"
            for each in self.library.passages.values()
        }

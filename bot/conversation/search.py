"""A search that touches no conversation, with the same checks that a turn has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog
from anyio.to_thread import run_sync

from bot.api.problems import encoder_failed
from bot.content.contacts import Contacts
from bot.conversation.kill_switch import KillSwitch
from bot.messages import SafetyMessage
from bot.rendering.safety import first_message
from bot.understanding.screening import Screener, UserMessage
from knowledge import Knowledge
from knowledge.encoder import EncoderFailed
from knowledge.findings import Findings

log = structlog.get_logger()


@dataclass(frozen=True)
class ScreenedFindings:
    """`safety` is shown before the `findings`, or, where it interrupts, in their place."""

    findings: Findings | None
    safety: SafetyMessage | None


@dataclass(frozen=True)
class ScreenedSearch:
    knowledge: Knowledge
    screener: Screener
    contacts: Contacts
    kill_switch: KillSwitch

    async def danger(self, typed: str, *, client: str) -> SafetyMessage | None:
        """What must be said first, whoever asks."""
        screened = await self.screener.screen(UserMessage(typed, client=client))
        return first_message(screened.alert, self.contacts) if screened.alert else None

    async def search(
        self, typed: str, *, client: str, k: int, area: Callable[[], str | None]
    ) -> ScreenedFindings:
        """What is found for the redacted text, and what must be said first.

        `area` is asked for once the text is read. Raises Problem, as `area` may: text not
        acceptable, too often, switched off.
        """
        screened = await self.screener.screen(UserMessage(typed, client=client))
        first = first_message(screened.alert, self.contacts) if screened.alert else None
        if first and (first.interrupts or screened.problem or self.kill_switch.reason):
            return ScreenedFindings(None, first)
        if screened.problem:
            raise screened.problem
        self.kill_switch.check()
        where = area()
        query = screened.redaction.text if screened.redaction else ""
        try:
            findings = await run_sync(partial(self.knowledge.search, query, k=k, area=where))
        except EncoderFailed:
            log.error("encoder.failed")
            if first is None:
                raise encoder_failed() from None
            return ScreenedFindings(None, first)
        return ScreenedFindings(findings, first)

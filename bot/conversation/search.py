"""A search that touches no conversation, with the same checks that a turn has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from anyio.to_thread import run_sync

from bot.conversation.kill_switch import KillSwitch
from bot.errors import Refusal
from bot.messages import SafetyMessage
from bot.rendering.safety import SafetyRenderer
from bot.understanding.screening import ScreenedMessage, Screener, UserMessage
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
    safety: SafetyRenderer
    kill_switch: KillSwitch

    async def danger(self, typed: str, *, client: str) -> SafetyMessage | None:
        """What must be said first, whoever asks."""
        return self._first(await self.screener.screen(UserMessage(typed, client=client)))

    async def find(
        self, typed: str, *, client: str, k: int, area: Callable[[], str | None]
    ) -> ScreenedFindings:
        """What is found for the redacted text, and what must be said first.

        `area` is asked for once the text is read. Raises a Refusal, as `area` may: text not
        acceptable, too often, switched off.
        """
        screened = await self.screener.screen(UserMessage(typed, client=client))
        first = self._first(screened)
        if first and (first.interrupts or screened.refusal or self.kill_switch.reason):
            return ScreenedFindings(None, first)
        if screened.refusal:
            raise screened.refusal
        self.kill_switch.check()
        where = area()
        try:
            findings = await run_sync(self._found, screened, k, where)
        except EncoderFailed:
            log.error("encoder.failed")
            if first is None:
                raise Refusal("encoder-failed", retry_after_s=30) from None
            return ScreenedFindings(None, first)
        return ScreenedFindings(findings, first)

    def _found(self, screened: ScreenedMessage, k: int, area: str | None) -> Findings:
        screened = screened.with_places(self.knowledge.library.names.is_area)
        query = screened.redaction.text if screened.redaction else ""
        named = self.knowledge.documents_named
        documents = named(query, screened.documents_taken_out(named))
        return self.knowledge.search(query, k, area, documents=documents)

    def _first(self, screened: ScreenedMessage) -> SafetyMessage | None:
        return self.safety.first(screened.alert) if screened.alert else None

"""A search that touches no conversation, with the same checks that a turn has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog
from anyio.to_thread import run_sync

from bot.contacts import Contacts
from bot.examination import Examiner, Said
from bot.messages import SafetyMessage
from bot.off import OffSwitch
from bot.problems import encoder_failed
from bot.safety.messages import first_message
from knowledge import Knowledge
from knowledge.encoder import EncoderFailed
from knowledge.findings import Findings

log = structlog.get_logger()


@dataclass(frozen=True)
class Found:
    """`safety` is shown before the `findings`, or, where it interrupts, in their place."""

    findings: Findings | None
    safety: SafetyMessage | None


@dataclass(frozen=True)
class Enquiry:
    knowledge: Knowledge
    examiner: Examiner
    contacts: Contacts
    off: OffSwitch

    async def danger(self, typed: str, *, client: str) -> SafetyMessage | None:
        """What must be said first, whoever asks."""
        examined = await self.examiner.examine(Said(typed, client=client))
        return first_message(examined.alert, self.contacts) if examined.alert else None

    async def search(
        self, typed: str, *, client: str, k: int, area: Callable[[], str | None]
    ) -> Found:
        """What is found for the redacted text, and what must be said first.

        `area` is asked for once the text is read. Raises Problem, as `area` may: text not
        acceptable, too often, switched off.
        """
        examined = await self.examiner.examine(Said(typed, client=client))
        first = first_message(examined.alert, self.contacts) if examined.alert else None
        if first and (first.interrupts or examined.problem or self.off.reason):
            return Found(None, first)
        if examined.problem:
            raise examined.problem
        self.off.check()
        where = area()
        query = examined.redaction.text if examined.redaction else ""
        try:
            findings = await run_sync(partial(self.knowledge.search, query, k=k, area=where))
        except EncoderFailed:
            log.error("encoder.failed")
            if first is None:
                raise encoder_failed() from None
            return Found(None, first)
        return Found(findings, first)

"""A search that touches no conversation, with the same checks that a turn has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from anyio.to_thread import run_sync

from bot.contacts import Contacts
from bot.examination import Examiner, Said
from bot.messages import SafetyMessage
from bot.off import OffSwitch
from bot.safety.messages import safety_message
from knowledge import Knowledge
from knowledge.findings import Findings


@dataclass(frozen=True)
class Enquiry:
    knowledge: Knowledge
    examiner: Examiner
    contacts: Contacts
    off: OffSwitch

    async def search(
        self, typed: str, *, client: str, k: int, area: str | None
    ) -> Findings | SafetyMessage:
        """What is found for the redacted text, or what must be said first.

        Raises Problem: text not acceptable, too often, switched off.
        """
        examined = await self.examiner.examine(Said(typed, client=client))
        if examined.reason:
            return safety_message(examined.reason, self.contacts)
        if examined.problem:
            raise examined.problem
        self.off.check()
        query = examined.redaction.text if examined.redaction else ""
        return await run_sync(partial(self.knowledge.search, query, k=k, area=area))

"""A search that touches no conversation, with the same checks that a turn has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from anyio.to_thread import run_sync

from bot.contacts import Contacts
from bot.limits import Limits
from bot.messages import SafetyMessage
from bot.off import OffSwitch
from bot.safety.messages import safety_message
from bot.turn import Turns
from knowledge import Knowledge
from knowledge.findings import Findings


@dataclass(frozen=True)
class Enquiry:
    knowledge: Knowledge
    turns: Turns
    contacts: Contacts
    limits: Limits
    off: OffSwitch

    async def search(
        self, typed: str, *, client: str, k: int, area: str | None
    ) -> Findings | SafetyMessage:
        """What is found for the redacted text, or what must be said first.

        Raises Problem: text not acceptable, too often, switched off.
        """
        redaction, reason = self.turns.examine(typed)
        if reason:
            return safety_message(reason, self.contacts)
        await self.limits.client(client)
        self.off.check()
        return await run_sync(partial(self.knowledge.search, redaction.text, k=k, area=area))

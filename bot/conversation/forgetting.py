"""A conversation is removed: here, in Rasa's memory, and what was said a moment ago."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.locks import TURN_WAITS_S, ConversationLocks
from bot.conversation.rasa_client import RasaChannel
from bot.conversation.recent import RecentMemory
from bot.storage.engine import in_database


@dataclass(frozen=True)
class Forgetting:
    """`patience_s`: how long a turn may wait for Rasa."""

    rasa: RasaChannel
    recent: RecentMemory
    locks: ConversationLocks
    patience_s: float

    async def remove(self, conversation_id: str, remove: Callable[[str], None]) -> None:
        """`remove` does so in the database, once the turn under way has ended and Rasa has
        forgotten it.

        Raises RasaUnavailable where Rasa cannot be reached: then nothing is removed; and Refusal
        where the turn under way does not end.
        """
        async with self.locks.alone(conversation_id, self.patience_s + TURN_WAITS_S):
            await self.recent.forget(conversation_id)
            await self.rasa.forget(conversation_id)
            await in_database(remove, conversation_id)

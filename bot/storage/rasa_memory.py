"""Rasa's memory of walks, as the gateway sees it: whether it can be written, and what was left in
it.

Rasa itself reads and writes it (`bot/rasa/components/tracker_store.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, Text, delete, false, select

from bot.storage.engine import connected

CONNECTIONS = 2
"""One asks whether it answers, one looks for what was left in it."""

metadata = MetaData()
memories = Table(
    "memories",
    metadata,
    Column("sender_id", String(255), primary_key=True),
    Column("slots", Text, nullable=False),
    Column("changed_at", Integer, nullable=False, index=True),
)
"""As Rasa's component has it, which only Rasa's environment can import."""


class RasaMemory:
    """Synchronous. Raises SQLAlchemyError where the database fails."""

    def __init__(self, engine: Engine, now: Callable[[], float] = time.time) -> None:
        self.engine = engine
        self._now = now

    def create(self) -> None:
        """The table, where it is not there. Rasa makes it too, if its account may."""
        metadata.create_all(self.engine)

    def answers(self) -> bool:
        """Whether it can be written to. Raises also where the table is missing or locked."""
        with self.engine.begin() as connection:
            connection.execute(delete(memories).where(false()))
        return True

    def unchanged_for(self, seconds: float) -> list[str]:
        """The ids of the conversations that Rasa remembers nothing newer of."""
        limit = int(self._now() - seconds)
        with self.engine.connect() as connection:
            return list(
                connection.scalars(
                    select(memories.c.sender_id).where(memories.c.changed_at < limit)
                )
            )


def open_memory(url: str, store_url: str, engine: Engine) -> RasaMemory:
    """`engine` is that of the conversations at `store_url`. Where Rasa keeps its memory there too,
    it is used for both: one pool a process."""
    return RasaMemory(engine if url == store_url else connected(url, CONNECTIONS))

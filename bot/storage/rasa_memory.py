"""Rasa's memory of walks, as the gateway sees it: whether it can be written, and what was left in
it.

Rasa itself reads and writes it (`bot/rasa/components/tracker_store.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, Text, delete, false, select

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

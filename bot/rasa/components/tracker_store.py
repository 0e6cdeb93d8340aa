"""Rasa's memory of a conversation: its slots and nothing else.

Every rule here looks at one message, so a prediction never needs the turns before it.
Keeping slots instead of events means that no message text is stored by Rasa, that a long
conversation costs no more than a short one, and that forgetting is one row.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from bot.rasa.environment import DATABASE, told

metadata = sa.MetaData()
memories = sa.Table(
    "memories",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("slots", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Integer, nullable=False, index=True),
)
CONNECTS_WITHIN = {"connect_timeout": 3, "tcp_user_timeout": 5000}
"""Seconds, and milliseconds, in libpq's own terms, as `bot.storage.engine` has it. Rasa works in
one thread: a statement that hangs would hang it for everybody."""
ONE_AT_A_TIME = sa.func.pg_advisory_xact_lock(sa.func.hashtext("first-principles"))
"""That of `bot.storage.upgrade`, which makes the gateway's own tables."""
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class SlotStore(TrackerStore):
    """In the database that `FP_RASA_DB` names as a URL: SQLite or Postgres.

    Raises NotPrepared when it is not set. A database that fails raises: the turn fails, the
    gateway says so, and nobody starts afresh without knowing it.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._engine = connect(host or told(DATABASE))
        make_table(self._engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        with self._engine.connect() as connection:
            row = connection.execute(
                sa.select(memories.c.slots).where(memories.c.sender_id == sender_id)
            ).first()
        return self._remember(sender_id, json.loads(row.slots)) if row else None

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return await self.retrieve(conversation_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        slots = {name: slot.value for name, slot in tracker.slots.items() if slot.has_been_set}
        row = {"slots": json.dumps(slots), "changed_at": int(time.time())}
        insert = INSERT[self._engine.dialect.name](memories)
        with self._engine.begin() as connection:
            connection.execute(
                insert.values(sender_id=tracker.sender_id, **row).on_conflict_do_update(
                    index_elements=[memories.c.sender_id], set_=row
                )
            )

    async def keys(self) -> Iterable[str]:
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(memories.c.sender_id)).scalars())

    def forget(self, sender_id: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(memories).where(memories.c.sender_id == sender_id))
        if self._engine.dialect.name == "sqlite":
            # The journal would hold the row until much later.
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _remember(self, sender_id: str, slots: dict[str, Any]) -> DialogueStateTracker:
        events = [SlotSet(name, value) for name, value in slots.items()]
        return DialogueStateTracker.from_events(
            sender_id, [*events, ActionExecuted(ACTION_LISTEN_NAME)], self.domain.slots
        )


def connect(url: str) -> sa.engine.Engine:
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        # The assistant may name a driver of its own.
        address = address.set(drivername="postgresql+psycopg2")
    # SQLAlchemy 1.4 would close a SQLite file after each use, which flushes it to the disk.
    is_postgres = address.get_backend_name() == "postgresql"
    own = {name: value for name, value in CONNECTS_WITHIN.items() if name not in address.query}
    engine = sa.create_engine(
        address,
        pool_pre_ping=True,
        poolclass=QueuePool,
        hide_parameters=True,
        connect_args=own if is_postgres else {},
    )
    sa.event.listen(engine, "connect", give_up_in_time if is_postgres else keep_a_journal)
    return engine


def give_up_in_time(connection: Any, _: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '5s'")
        cursor.execute("SET lock_timeout = '5s'")
    connection.commit()


def make_table(engine: sa.engine.Engine) -> None:
    """Where it is not there. Of several Rasas that start at once one makes it: Postgres refuses the
    second to make what the first is making."""
    if sa.inspect(engine).has_table(memories.name):
        return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(ONE_AT_A_TIME))
        metadata.create_all(connection)


def keep_a_journal(connection: Any, _: Any) -> None:
    """A write-ahead journal: a turn need not wait for the disk, a crash harms nothing."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA secure_delete=ON")

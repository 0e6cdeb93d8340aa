"""Sign-ins: each lives in its browser's cookie; only one ended early is known here, by a hash."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from bot.conversation.tokens import digest, new_token
from bot.storage.tables import ended_sessions

ID = "id"
SINCE = "since"


class Sessions:
    """Synchronous. Whatever reads or writes raises SQLAlchemyError where the database fails."""

    def __init__(
        self, engine: Engine, life: timedelta, now: Callable[[], float] = time.time
    ) -> None:
        self._engine = engine
        self._life_s = int(life.total_seconds())
        self._now = now

    def begin(self) -> dict[str, str | int]:
        """What the cookie of a new sign-in holds: a random id and the time, and not who."""
        return {ID: new_token(), SINCE: int(self._now())}

    def is_open(self, session: Mapping[str, object]) -> bool:
        """Whether this is a sign-in, still within its time, that nobody has ended."""
        session_id, since = session.get(ID), session.get(SINCE)
        if not (isinstance(session_id, str) and isinstance(since, int)):
            return False
        if since + self._life_s <= self._now():
            return False
        known = select(ended_sessions.c.until).where(ended_sessions.c.id_hash == digest(session_id))
        with self._engine.connect() as database:
            return database.execute(known).first() is None

    def end(self, session: Mapping[str, object]) -> None:
        """From now on no copy of the cookie counts, here or beside another server."""
        session_id, now = session.get(ID), int(self._now())
        if not isinstance(session_id, str):
            return
        with self._engine.begin() as database:
            database.execute(delete(ended_sessions).where(ended_sessions.c.until <= now))
        row = {"id_hash": digest(session_id), "until": now + self._life_s}
        with suppress(IntegrityError), self._engine.begin() as database:
            database.execute(insert(ended_sessions).values(row))

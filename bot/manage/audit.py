"""What was done at `/manage`, when and by whom: in the database and in the log.

Nothing of a practitioner enters it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from sqlalchemy import Engine, delete, insert, select

from bot.storage.tables import manage_audit

KEPT_S = 2 * 365 * 24 * 3600
"""Two years: this year's audit can look at the whole of the last. Who published which edition stays
in the history of the editions for good."""
DETAIL_CHARACTERS = 500
NAME_CHARACTERS = 120

log = structlog.get_logger()


@dataclass(frozen=True)
class AuditLine:
    """`event` is what happened, as the log names it; `detail` to what or whom."""

    at: datetime
    who: str
    event: str
    detail: str


class Audit:
    """Synchronous. Raises SQLAlchemyError where the database fails."""

    def __init__(self, engine: Engine, now: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._now = now

    def note(self, who: str, event: str, detail: str = "") -> None:
        """The log has it even where the database fails."""
        log.info(f"manage.{event}", who=who, detail=detail)
        now = int(self._now())
        row = {
            "at": now,
            "who": who[:NAME_CHARACTERS],
            "event": event,
            "detail": detail[:DETAIL_CHARACTERS],
        }
        with self._engine.begin() as database:
            database.execute(delete(manage_audit).where(manage_audit.c.at < now - KEPT_S))
            database.execute(insert(manage_audit).values(row))

    def page(self, number: int, length: int) -> list[AuditLine]:
        """The newest first; pages count from 1, and one line more says that there is another."""
        lines = (
            select(manage_audit)
            .order_by(manage_audit.c.number.desc())
            .offset((number - 1) * length)
            .limit(length + 1)
        )
        with self._engine.connect() as database:
            return [
                AuditLine(datetime.fromtimestamp(row.at, UTC), row.who, row.event, row.detail)
                for row in database.execute(lines)
            ]

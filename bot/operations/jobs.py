"""What removes that which has been kept too long, beside a gateway or in a process of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot.asked.store import AskedStore
from bot.conversation.forgetting import Forgetting
from bot.conversation.locks import ConversationLocks
from bot.conversation.rasa_client import RasaChannel
from bot.conversation.recent import RecentMemory
from bot.conversation.retention import Job, sweep, sweep_orphans, sweeping
from bot.conversation.store import ConversationStore
from bot.induction.progress import Progress
from bot.operations.readiness import Probe, in_a_thread
from bot.settings import Settings
from bot.storage.engine import in_database, open_store
from bot.storage.expiring import ExpiringValues, connect
from bot.storage.rasa_memory import RasaMemory, open_memory
from bot.storage.upgrade import is_up_to_date, remove_old_copies

if TYPE_CHECKING:
    from bot.container import Container

CONNECTIONS = 4
"""As few as `FP_DATABASE_CONNECTIONS` may be: one removes, one holds the lock of a conversation,
one that of the jobs, one is asked whether all is well."""


@dataclass(frozen=True)
class RetentionJobs:
    """None of it depends on the content: no edition changes it."""

    settings: Settings
    engine: Engine
    conversations: ConversationStore
    rasa_memory: RasaMemory
    forgetting: Forgetting

    @classmethod
    def of(cls, container: Container) -> RetentionJobs:
        """Those of a process that has the rest of the assistant too."""
        return cls(
            container.settings,
            container.engine,
            container.conversations,
            container.rasa_memory,
            container.turns.forgetting,
        )

    def running(self) -> AbstractAsyncContextManager[None]:
        return sweeping(self.engine, self._jobs())

    def probes(self) -> dict[str, Probe]:
        return {
            "database": in_a_thread(self.conversations.answers),
            "database_version": in_a_thread(lambda: is_up_to_date(self.engine)),
            "rasa": self.forgetting.rasa.answers,
            "rasa_memory": in_a_thread(self.rasa_memory.answers),
        }

    def _jobs(self) -> dict[str, Job]:
        settings, engine = self.settings, self.engine
        asked, progress = AskedStore(engine), Progress(engine)
        stay_away = timedelta(days=settings.learner_retention_days)

        def expire_asked() -> int:
            days = settings.asked_retention_days if settings.keep_asked else None
            return asked.expire(datetime.now(UTC).date(), days)

        return {
            "conversations": partial(
                sweep, self.conversations, self.forgetting, settings.retention_days
            ),
            "rasa_memory": partial(
                sweep_orphans, self.conversations, self.rasa_memory, self.forgetting.rasa
            ),
            "learners": partial(in_database, partial(progress.expire, stay_away)),
            "asked": partial(in_database, expire_asked),
            "copies": partial(in_database, partial(remove_old_copies, engine)),
        }


@asynccontextmanager
async def opened_alone(settings: Settings, secret: str) -> AsyncIterator[RetentionJobs]:
    """The jobs without the sources, the encoder and all that answers. Raises SQLAlchemyError."""
    engine = open_store(settings.store_url, CONNECTIONS)
    redis = connect(settings.redis_url.get_secret_value()) if settings.redis_url else None
    rasa = RasaChannel(settings.rasa_address, secret)
    try:
        yield RetentionJobs(
            settings,
            engine,
            ConversationStore(engine, life=timedelta(hours=settings.conversation_hours)),
            open_memory(settings.tracker_url, settings.store_url, engine),
            Forgetting(
                rasa,
                RecentMemory(ExpiringValues(redis)),
                ConversationLocks(engine, at_once=1),
                settings.rasa_timeout_s,
            ),
        )
    finally:
        await rasa.close()
        if redis:
            await redis.aclose()
        engine.dispose()

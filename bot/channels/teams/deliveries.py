"""Which deliveries of Microsoft's are answered, by this server or another of the same Redis.

Microsoft delivers an activity again when it hears nothing in time, and to whichever server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from cachetools import TTLCache
from redis.asyncio import Redis
from redis.exceptions import LockError, RedisError

from bot.conversation.tokens import digest
from bot.operations import metrics
from bot.storage.expiring import PREFIX

RETRIES_LAST_S = 3600
RETRIES_KEPT = 100_000
ANSWER_TAKES_S = 60.0
"""Longer than any answer takes: a turn of ten seconds, and five tries at the connector."""

log = structlog.get_logger()

Answers = Callable[[], Awaitable[bool]]
"""Answers, and tells whether that worked."""


class Deliveries:
    def __init__(self, redis: Redis | None) -> None:
        self._redis = redis
        self._here: TTLCache[tuple[str, str], asyncio.Task[bool]] = TTLCache(
            RETRIES_KEPT, RETRIES_LAST_S
        )

    def answer(self, conversation: str, retry_key: str, answers: Answers) -> asyncio.Task[bool]:
        """Answers an activity, unless a delivery of it before has been answered or is about to be:
        that is waited for. The task tells whether it is answered now."""
        delivery = (conversation, retry_key)
        task = asyncio.create_task(self._once(delivery, self._here.get(delivery), answers))
        self._here[delivery] = task
        return task

    async def _once(
        self, delivery: tuple[str, str], earlier: asyncio.Task[bool] | None, answers: Answers
    ) -> bool:
        if earlier is not None and await earlier:
            return True
        if self._redis is None:
            return await answers()
        return await self._once_anywhere(self._redis, delivery, answers)

    async def _once_anywhere(
        self, redis: Redis, delivery: tuple[str, str], answers: Answers
    ) -> bool:
        """While Redis cannot be reached each server answers what it has not answered itself."""
        name = f"{PREFIX}teams:{digest(' '.join(delivery))}"
        lock = redis.lock(f"{name}:lock", timeout=ANSWER_TAKES_S)
        try:
            await lock.acquire(blocking_timeout=ANSWER_TAKES_S)
        except (RedisError, OSError) as error:
            metrics.redis_failures.inc()
            log.warning("redis.unreachable", error=type(error).__name__)
            return await answers()
        try:
            if await _is_answered(redis, name):
                return True
            answered = await answers()
            if answered:
                with suppress(RedisError, OSError):
                    await redis.set(name, "answered", ex=RETRIES_LAST_S)
            return answered
        finally:
            with suppress(LockError, RedisError, OSError):
                await lock.release()


async def _is_answered(redis: Redis, name: str) -> bool:
    try:
        return bool(await redis.exists(name))
    except (RedisError, OSError):
        return False

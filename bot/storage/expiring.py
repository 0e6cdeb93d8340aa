"""Small values that are gone after a while: in this process, and in Redis where servers share
it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from cachetools import TLRUCache
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.operations import metrics

log = structlog.get_logger()

ANSWERS_WITHIN_S = 0.25
"""A turn reads and writes here a few times, and 999 is to be said in a second."""
LEFT_ALONE_S = 5.0
"""For so long a Redis that did not answer is not asked again, so that one that hangs costs every
server a quarter of a second now and then, and not every message."""
KEPT_HERE = 60_000
"""Values of this process: six of each of ten thousand conversations."""
PREFIX = "principles:"


@dataclass(frozen=True)
class Expiring:
    value: str
    lasts_s: float


def connect(url: str) -> Redis:
    """A client whose every use ends in time; it connects when it is first used."""
    return Redis.from_url(
        url.removeprefix("async+"),
        decode_responses=True,
        socket_timeout=ANSWERS_WITHIN_S,
        socket_connect_timeout=ANSWERS_WITHIN_S,
        retry=Retry(NoBackoff(), 0),
    )


class ExpiringValues:
    """What is put by one server is found by every other of the same Redis.

    While that cannot be reached, each server finds what it has put itself. No call fails.
    """

    def __init__(
        self, redis: Redis | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._redis = redis
        self._clock = clock
        self._asked_again_at = 0.0
        self._here: TLRUCache[str, Expiring] = TLRUCache(KEPT_HERE, ttu=_until, timer=clock)

    async def get(self, keys: Sequence[str]) -> list[str | None]:
        """In the order of `keys`; None for what is not there or no more."""
        if redis := self._reachable():
            try:
                async with asyncio.timeout(ANSWERS_WITHIN_S):
                    found = await redis.mget([PREFIX + key for key in keys])
            except (RedisError, OSError) as error:
                self._leave_alone(error)
            else:
                return [None if each is None else str(each) for each in found]
        here = (self._here.get(key) for key in keys)
        return [each.value if each else None for each in here]

    async def put(self, values: Mapping[str, Expiring | None]) -> None:
        """None removes a value."""
        for key, each in values.items():
            self._here.pop(key, None)
            if each:
                self._here[key] = each
        if redis := self._reachable():
            try:
                async with (
                    asyncio.timeout(ANSWERS_WITHIN_S),
                    redis.pipeline(transaction=True) as commands,
                ):
                    for key, each in values.items():
                        if each:
                            commands.set(PREFIX + key, each.value, px=int(each.lasts_s * 1000))
                        else:
                            commands.delete(PREFIX + key)
                    await commands.execute()
            except (RedisError, OSError) as error:
                self._leave_alone(error)

    def _reachable(self) -> Redis | None:
        return self._redis if self._clock() >= self._asked_again_at else None

    def _leave_alone(self, error: Exception) -> None:
        self._asked_again_at = self._clock() + LEFT_ALONE_S
        metrics.redis_failures.inc()
        log.warning("redis.unreachable", error=type(error).__name__)


def _until(_: str, value: Expiring, now: float) -> float:
    return now + value.lasts_s

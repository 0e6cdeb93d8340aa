"""How often a conversation and a client may ask. Never asked about a safety reply."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from math import ceil

import structlog
from limits import RateLimitItem, parse
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from bot.conversation.tokens import digest
from bot.errors import Refusal
from bot.operations import metrics

log = structlog.get_logger()

COUNTED_WITHIN_S = 0.25
"""A counter that hangs must not hold up every request."""
SIGN_INS_OF_ACCOUNT = "10/15 minute"
"""More than a person mistypes. Who guesses has some thousand tries a day at one account."""
SIGN_INS_OF_CLIENT = "60/15 minute"
"""One address may be a whole council; few of it look after the content."""


@dataclass(frozen=True)
class Allowance:
    """What is left, for the `RateLimit` headers (draft-ietf-httpapi-ratelimit-headers)."""

    name: str
    quota: int
    window_s: int
    remaining: int
    reset_s: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.quota};w={self.window_s}',
            "RateLimit": f'"{self.name}";r={self.remaining};t={self.reset_s}',
        }


class RateLimited(Refusal):
    """Too often: `allowance` says when there is room again."""

    def __init__(self, allowance: Allowance) -> None:
        super().__init__(
            "too-many-requests", retry_after_s=allowance.reset_s, seconds=allowance.reset_s
        )
        self.allowance = allowance


class RateLimiter:
    def __init__(self, url: str, conversation: str, client: str, code: str = "60/minute") -> None:
        """Raises ValueError when a limit is not written like `60/minute`."""
        storage = storage_from_string(url, implementation="redispy", wrap_exceptions=True)
        self._strategy = MovingWindowRateLimiter(storage)
        self._policies = {
            "conversation": parse(conversation),
            "client": parse(client),
            "code": parse(code),
            "account": parse(SIGN_INS_OF_ACCOUNT),
            "sign-in": parse(SIGN_INS_OF_CLIENT),
        }

    async def turn(self, conversation_id: str) -> Allowance | None:
        """Raises RateLimited. What comes back is the conversation's allowance."""
        return await self._hit("conversation", conversation_id)

    async def client(self, address: str) -> Allowance | None:
        """Raises RateLimited."""
        return await self._hit("client", address)

    async def code(self, address: str) -> Allowance | None:
        """For learners' codes, which somebody might try to guess. Raises RateLimited."""
        return await self._hit("code", address)

    async def sign_in(self, account: str, address: str) -> None:
        """For passwords; `account` need not be one. Raises RateLimited."""
        await self._hit("sign-in", address)
        await self._hit("account", digest(account))

    async def _hit(self, name: str, who: str) -> Allowance | None:
        """While the counters cannot be reached nobody is turned away: None."""
        item = self._policies[name]
        try:
            async with asyncio.timeout(COUNTED_WITHIN_S):
                allowed = await self._strategy.hit(item, name, who)
                allowance = await self._allowance(name, item, who)
        except (StorageError, TimeoutError) as error:
            metrics.redis_failures.inc()
            log.error("limits.unreachable", error=type(error).__name__)
            return None
        if not allowed:
            raise RateLimited(allowance)
        return allowance

    async def _allowance(self, name: str, item: RateLimitItem, who: str) -> Allowance:
        window = await self._strategy.get_window_stats(item, name, who)
        return Allowance(
            name,
            item.amount,
            item.get_expiry(),
            max(0, window.remaining),
            max(1, ceil(window.reset_time - time.time())),
        )

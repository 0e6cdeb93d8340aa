"""Limits, in memory and in Redis."""

from __future__ import annotations

import uuid

import pytest

from bot.api.problems import problem_headers
from bot.conversation.rate_limits import RateLimited, RateLimiter

REDIS = "async+redis://127.0.0.1:6379"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
@pytest.mark.parametrize("url", ["async+memory://", REDIS])
async def test_each_conversation_has_its_own_allowance(url: str) -> None:
    limits = RateLimiter(url, conversation="2/minute", client="100/minute")
    one, two = uuid.uuid4().hex, uuid.uuid4().hex
    first, last = [await limits.turn(one) for _ in range(2)]
    assert first
    assert first.remaining == 1
    assert last
    assert last.headers["RateLimit"].startswith('"conversation";r=0;t=')
    assert last.headers["RateLimit-Policy"] == '"conversation";q=2;w=60'
    with pytest.raises(RateLimited) as refused:
        await limits.turn(one)
    headers = problem_headers(refused.value)
    assert 0 < int(headers["Retry-After"]) <= 60
    assert headers["RateLimit"].startswith('"conversation";r=0;t=')
    assert await limits.turn(two)


@pytest.mark.anyio
async def test_a_client_is_counted_over_all_its_conversations() -> None:
    limits = RateLimiter("async+memory://", conversation="100/minute", client="2/minute")
    await limits.client("192.0.2.1")
    await limits.client("192.0.2.1")
    with pytest.raises(RateLimited):
        await limits.client("192.0.2.1")
    await limits.client("192.0.2.2")


@pytest.mark.anyio
async def test_nobody_is_turned_away_while_the_counters_cannot_be_reached() -> None:
    limits = RateLimiter("async+redis://127.0.0.1:1", conversation="1/minute", client="1/minute")
    assert await limits.turn("a") is None
    assert await limits.turn("a") is None


def test_a_limit_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(ValueError, match="couldn't parse"):
        RateLimiter("async+memory://", conversation="often", client="2/minute")

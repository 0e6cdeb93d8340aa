"""Values that are gone after a while. Of two servers: tests/conversation/test_recent.py."""

from __future__ import annotations

import asyncio

from bot.storage.expiring import Expiring, ExpiringValues


def test_each_value_lasts_as_long_as_it_was_given() -> None:
    now = 0.0
    values = ExpiringValues(clock=lambda: now)

    async def get() -> list[str | None]:
        return await values.get(["short", "long", "none"])

    asyncio.run(values.put({"short": Expiring("a", 1.0), "long": Expiring("b", 10.0)}))
    assert asyncio.run(get()) == ["a", "b", None]
    now = 1.1
    assert asyncio.run(get()) == [None, "b", None]
    asyncio.run(values.put({"long": None}))
    assert asyncio.run(get()) == [None, None, None]

"""Clients that each send one turn after the other, and how long the turns took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles

Send = Callable[[str], Awaitable[None]]
Open = Callable[[], Awaitable[Send]]
TURNS_A_CONVERSATION = 10


@dataclass(frozen=True)
class Timing:
    clients: int
    p50_ms: float
    p95_ms: float
    turns_per_s: float


async def measure(begin: Open, texts: Sequence[str], clients: int, turns: int) -> Timing:
    """`turns` turns in all, shared equally, in short conversations that are already open."""
    each = turns // clients
    conversations = -(-each // TURNS_A_CONVERSATION)
    senders = [[await begin() for _ in range(conversations)] for _ in range(clients)]
    took: list[float] = []

    async def client(number: int) -> None:
        for turn in range(each):
            send = senders[number][turn // TURNS_A_CONVERSATION]
            began = time.perf_counter()
            await send(texts[(number + clients * turn) % len(texts)])
            took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*map(client, range(clients)))
    whole = time.perf_counter() - began
    centiles = quantiles(took, n=100)
    return Timing(clients, centiles[49] * 1e3, centiles[94] * 1e3, len(took) / whole)

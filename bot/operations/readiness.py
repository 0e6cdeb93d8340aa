"""Whether each part of the assistant answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import httpx
from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from bot.conversation.rasa_client import RasaClient
from bot.rasa.secret import HEADER
from knowledge import Knowledge

Probe = Callable[[], Awaitable[bool]]
WAITS_S = 2.0


class Readiness:
    def __init__(self, probes: Mapping[str, Probe]) -> None:
        self._probes = probes

    async def missing(self) -> list[str]:
        """The names of the parts that do not answer."""
        answered = await asyncio.gather(*map(_answers, self._probes.values()))
        return [name for name, fine in zip(self._probes, answered, strict=True) if not fine]


async def _answers(probe: Probe) -> bool:
    try:
        async with asyncio.timeout(WAITS_S):
            return await probe()
    except Exception:
        return False


def in_a_thread(ask: Callable[[], bool]) -> Probe:
    """A probe that may block. One that hangs is not waited for, and holds up no other."""
    limiter = CapacityLimiter(1)

    async def probe() -> bool:
        return await run_sync(ask, abandon_on_cancel=True, limiter=limiter)

    return probe


def probes(
    knowledge: Knowledge, messenger: RasaClient, actions_port: int, secret: str
) -> dict[str, Probe]:
    def index() -> bool:
        return bool(knowledge.search("ready", 1).hits)

    def encoder() -> bool:
        return len(knowledge.encoder.encode(["ready"])) == 1

    async def actions() -> bool:
        async with httpx.AsyncClient(trust_env=False) as client:
            reply = await client.get(
                f"http://127.0.0.1:{actions_port}/health", headers={HEADER: secret}
            )
        return reply.is_success

    return {
        "index": in_a_thread(index),
        "encoder": in_a_thread(encoder),
        "rasa": messenger.answers,
        "actions": actions,
    }

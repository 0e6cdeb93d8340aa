"""Whether each part of the assistant answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import httpx
from anyio.to_thread import run_sync

from bot.messenger import Messenger
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


def probes(
    knowledge: Knowledge, messenger: Messenger, actions_port: int, secret: str
) -> dict[str, Probe]:
    async def index() -> bool:
        return bool((await run_sync(knowledge.search, "ready", 1)).hits)

    async def encoder() -> bool:
        return len(await run_sync(knowledge.encoder.encode, ["ready"])) == 1

    async def actions() -> bool:
        async with httpx.AsyncClient(trust_env=False) as client:
            reply = await client.get(
                f"http://127.0.0.1:{actions_port}/health", headers={HEADER: secret}
            )
        return reply.is_success

    return {"index": index, "encoder": encoder, "rasa": messenger.answers, "actions": actions}

"""Keeps Rasa running: starts it, starts it again after a pause when it dies, and stops it."""

from __future__ import annotations

import asyncio
import time
from asyncio.subprocess import Process
from contextlib import suppress
from pathlib import Path

import httpx
import structlog

from bot.errors import UserFacingError
from bot.operations import metrics
from bot.operations.rasa_process import Say, environment, error_output, started, stop
from bot.rasa.secret import HEADER
from bot.settings import Settings

log = structlog.get_logger()

STARTS_WITHIN_S = 180.0
STEADY_AFTER_S = 60.0
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
LOOKS_EVERY_S = 5.0
HANGS_AFTER_S = 30.0
"""Rasa answers in one thread, a turn in some ten milliseconds: it is never busy for so long."""


class RasaSupervisor:
    """The running Rasa: started, started again when it dies, and stopped.

    `model` is the file that it starts with, each time, and `log` gets what it prints.
    """

    def __init__(
        self, settings: Settings, secret: str, say: Say, port: int, model: Path, log: Path
    ) -> None:
        self.port, self.model, self.log = port, model, log
        self.address = f"http://127.0.0.1:{port}"
        self.url = f"{self.address}/webhooks/principles/"
        self.secret = secret
        self.home = settings.home
        self.say = say
        self.environment = environment(settings, secret)
        self.up = asyncio.Event()

    async def live(self) -> None:
        """Until cancelled. Sets `up` at its first answer.

        Raises UserFacingError if there is none.
        """
        pause = FIRST_PAUSE_S
        while True:
            began = time.monotonic()
            async with started(self._arguments(), self.log, self.environment, self.home) as process:
                if await self._comes_up(process):
                    self.up.set()
                elif not self.up.is_set():
                    raise UserFacingError(
                        "Rasa did not start. The end of its error output"
                        f" (all of it is in {self.log}):\n\n{error_output(self.log)}"
                        "\n\nFix what it names, then start again."
                    )
                code = await self._ended(process)
            metrics.rasa_ended.inc()
            log.error("rasa.ended", code=code)
            if time.monotonic() - began > STEADY_AFTER_S:
                pause = FIRST_PAUSE_S
            self.say(
                f"Rasa stopped by itself (exit code {code}; its error output is in {self.log})."
                f" It is started again in {pause:.0f} s. Until it answers, people are told to wait."
            )
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    async def _ended(self, process: Process) -> int:
        """Its exit code. One that hangs is ended."""
        answered = time.monotonic()
        async with httpx.AsyncClient(trust_env=False, headers={HEADER: self.secret}) as client:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOKS_EVERY_S):
                        return await process.wait()
                with suppress(httpx.TransportError):
                    await client.get(self.url, timeout=LOOKS_EVERY_S)
                    answered = time.monotonic()
                if time.monotonic() - answered > HANGS_AFTER_S:
                    await stop(process)

    def _arguments(self) -> list[str]:
        return [
            *("run", "--quiet", "--model", str(self.model)),
            *("--interface", "127.0.0.1", "--port", str(self.port)),
        ]

    async def _comes_up(self, process: Process) -> bool:
        """False when the process ends, or hangs, before it answers."""
        deadline = time.monotonic() + STARTS_WITHIN_S
        headers = {HEADER: self.secret}
        async with httpx.AsyncClient(trust_env=False, headers=headers) as client:
            while process.returncode is None and time.monotonic() < deadline:
                with suppress(httpx.TransportError):
                    if (await client.get(self.url)).is_success:
                        return True
                await asyncio.sleep(0.1)
        await stop(process)
        return False

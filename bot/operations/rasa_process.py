"""Rasa as the assistant's one child: its environment, its commands, its life."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx

from bot.errors import UserFacingError
from bot.rasa.secret import HEADER
from bot.settings import HOME, Settings

PYTHON = HOME / ".venv-rasa" / "bin" / "python"
MODEL = "principles.tar.gz"
STARTS_WITHIN_S = 180.0
STEADY_AFTER_S = 60.0
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0

PASSED_ON = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ")
"""Of the assistant's own environment Rasa is told these and no others: the rest holds secrets."""

Say = Callable[[str], None]


def environment(settings: Settings, secret: str) -> dict[str, str]:
    """All that Rasa is told by environment. Its own two secrets are the only ones in it."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {
        "FP_RASA_SECRET": secret,
        "FP_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}",
        "FP_TRACKER_DB": settings.tracker_url,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        # A message is a few small products; threads that wait for each other only cost.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


@asynccontextmanager
async def started(
    arguments: list[str], log: Path, environment: dict[str, str]
) -> AsyncIterator[Process]:
    """A command of Rasa's as a child process, which is gone when the context ends.

    Its words go to the file `log`. The child holds a leash (see `bot.rasa.watchdog`): it
    ends even when this process is killed.
    """
    if not PYTHON.exists():
        raise UserFacingError("The environment of Rasa is missing. Run `make run` to make it.")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as words:
        child = await asyncio.create_subprocess_exec(
            PYTHON,
            "-m",
            "bot.rasa.watchdog",
            *arguments,
            cwd=HOME,
            env=environment,
            stdin=PIPE,
            stdout=words,
            stderr=STDOUT,
            start_new_session=True,
        )
    try:
        yield child
    finally:
        await stop(child)


async def stop(child: Process) -> None:
    """End the child and whatever it started itself. It holds nothing that is not yet kept."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    await child.wait()


class RasaProcess:
    """The running Rasa: started, started again when it dies, and stopped."""

    def __init__(self, settings: Settings, secret: str, say: Say) -> None:
        self.url = f"http://127.0.0.1:{settings.rasa_port}/webhooks/principles/"
        self.secret = secret
        self.log = settings.state_dir / "rasa.log"
        self.say = say
        self.environment = environment(settings, secret)
        self.arguments = [
            *("run", "--quiet", "--model", str(settings.models_dir / MODEL)),
            *("--interface", "127.0.0.1", "--port", str(settings.rasa_port)),
            *("--endpoints", "endpoints.yml"),
            *("--credentials", "credentials.yml"),
        ]
        self.up = asyncio.Event()

    async def live(self) -> None:
        """Until cancelled. Sets `up` at its first answer; UserFacingError if there is none."""
        pause = FIRST_PAUSE_S
        while True:
            began = time.monotonic()
            async with started(self.arguments, self.log, self.environment) as process:
                if await self._comes_up(process):
                    self.up.set()
                elif not self.up.is_set():
                    raise UserFacingError(
                        f"Rasa did not start. Its last words, the rest is in {self.log}:\n\n"
                        f"{last_words(self.log)}\n\nMend what they name, then start again."
                    )
                code = await process.wait()
            if time.monotonic() - began > STEADY_AFTER_S:
                pause = FIRST_PAUSE_S
            self.say(
                f"Rasa stopped by itself (exit code {code}; its last words are in {self.log})."
                f" It is started again in {pause:.0f} s. Until it answers, people are told to wait."
            )
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

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


def last_words(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-12:])

"""Rasa as the assistant's one child: its environment, its commands, how it is started and ended."""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.errors import UserFacingError
from bot.settings import Settings

PYTHON = Path(".venv-rasa", "bin", "python")
"""Of Rasa's environment, in FP_HOME."""

CODE = Path(__file__).resolve().parents[2]
"""Where the packages `bot` and `knowledge` are: the checkout, or where a wheel was installed."""

MODEL = "principles.tar.gz"

PACKAGES = ("bot", "knowledge")
"""What Rasa's components import, directly or not."""

PASSED_ON = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ")
"""Of the assistant's own environment Rasa is told these and no others: the rest holds secrets."""

SHOWN_LINES = 12
"""Of Rasa's error output: the last frames of a traceback and its message."""

Say = Callable[[str], None]
"""Prints one sentence for the person at the terminal."""


def environment(settings: Settings, secret: str, edition: Path | None = None) -> dict[str, str]:
    """All that Rasa is told by environment. Its own two secrets are the only ones in it.

    `edition` is the folder of the one that it is to learn.
    """
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    told = variables(secret, settings.actions_address, settings.tracker_url, edition)
    return passed_on | told | code_path(settings)


def code_path(settings: Settings) -> dict[str, str]:
    """Where Rasa finds our code, if that is not where it runs.

    Beside an installed wheel lie the packages of the modern environment, which must not enter
    Rasa's: so it is given links to ours alone.
    """
    if settings.home == CODE:
        return {}
    links = settings.state_dir / "code"
    links.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        link = links / package
        if not link.exists() or link.resolve() != CODE / package:
            link.unlink(missing_ok=True)
            link.symlink_to(CODE / package)
    return {"PYTHONPATH": str(links)}


def variables(
    secret: str, actions: str, database: str, edition: Path | None = None
) -> dict[str, str]:
    """What every command of Rasa's needs to be told. `actions` is the address of their listener,
    `database` a URL, and a secret too."""
    learnt = {"FP_RASA_EDITION": str(edition)} if edition else {}
    return learnt | {
        "FP_RASA_SECRET": secret,
        "FP_ACTIONS_URL": actions,
        "FP_RASA_DB": database,
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
    arguments: list[str], log: Path, environment: dict[str, str], home: Path
) -> AsyncIterator[Process]:
    """A command of Rasa's as a child process, which is gone when the context ends.

    It runs in `home`, and what it prints goes to the file `log`. It is watched (see
    `bot.rasa.watchdog`): it ends even when this process is killed.
    """
    python = home / PYTHON
    if not python.exists():
        raise UserFacingError("The environment of Rasa is missing. Run `make run` to make it.")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        child = await asyncio.create_subprocess_exec(
            python,
            "-m",
            "bot.rasa.watchdog",
            *arguments,
            cwd=home,
            env=environment,
            stdin=PIPE,
            stdout=output,
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


def error_output(log: Path) -> str:
    """The last lines that a command of Rasa's printed into `log`."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-SHOWN_LINES:])

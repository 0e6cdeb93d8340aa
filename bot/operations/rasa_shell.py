"""The encoder and the actions for a shell in which somebody runs Rasa's own commands.

`rasa train` asks the encoder for vectors, and `rasa shell` the actions for replies. Both are
answered by a listener on a free loopback port, which lives as long as the shell.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.operations import ports
from bot.operations.content_folder import live_content
from bot.operations.rasa_process import Say, variables
from bot.operations.state_folder import make_private
from bot.operations.supervisor import actions_alone, until_signalled
from bot.settings import Settings

LOOKS_EVERY_S = 1.0

Announce = Callable[[Mapping[str, str]], None]
"""Is told, once the listener answers, which variables Rasa needs."""


async def serve(settings: Settings, shell: int, announce: Announce, say: Say) -> None:
    """Answers until the process `shell` ends. Raises UserFacingError when it cannot be started."""
    make_private(settings.state_dir)
    await until_signalled(_serve(settings, shell, announce, say), say)


async def _serve(settings: Settings, shell: int, announce: Announce, say: Say) -> None:
    # What is typed in this shell is not screened, so its traces are kept apart and not for long.
    with (
        TemporaryDirectory(prefix="principles-rasa-") as folder,
        ports.take(ports.LOOPBACK, 0, "FP_ACTIONS_PORT") as inner,
    ):
        learners = SecretStr(f"sqlite:///{Path(folder, 'learners.db')}")
        apart = settings.model_copy(update={"database_url": learners})
        async with actions_alone(apart, inner, say) as secret:
            actions = ports.address(ports.LOOPBACK, inner.getsockname()[1])
            live = live_content(settings)
            announce(variables(secret, actions, f"sqlite:///{Path(folder, 'rasa.db')}", live))
            while is_running(shell):  # noqa: ASYNC110  # no event tells of the end of a parent
                await asyncio.sleep(LOOKS_EVERY_S)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def exports(told: Mapping[str, str]) -> str:
    """For `eval` in any POSIX shell."""
    return "".join(f"export {name}={quote(value)}\n" for name, value in told.items())

"""`principles rasa`: makes a shell ready for Rasa's own commands."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from bot.cli.console import say
from bot.operations import training
from bot.operations.content_folder import live_content
from bot.settings import Settings


def rasa(
    shell: Annotated[int | None, typer.Argument(help="The shell's process id, $$.")] = None,
    listen: Annotated[bool, typer.Option("--listen", hidden=True)] = False,
) -> None:
    """Make this shell ready for `rasa train`, `test` and `shell`, until the shell ends.

    Use it as: eval "$(.venv/bin/principles rasa $$)"
    """
    settings, shell = Settings.read(), shell or os.getppid()
    if listen:
        from bot.operations import rasa_shell

        asyncio.run(rasa_shell.serve(settings, shell, announce, say))
        return
    say("Starting the encoder and the actions for Rasa's commands in this shell.")
    reading, writing = os.pipe()
    # In a session of its own, so that Ctrl-C in the shell stops a command and not the listener.
    listener = subprocess.Popen(  # noqa: S603  # this program itself
        [sys.executable, "-m", "bot.cli", "rasa", str(shell), "--listen"],
        cwd=settings.home,
        stdin=subprocess.DEVNULL,
        stdout=writing,
        start_new_session=True,
    )
    os.close(writing)
    try:
        with open(reading) as answer:
            told = answer.read()
    except KeyboardInterrupt:
        listener.terminate()
        raise
    if not told:
        raise typer.Exit(listener.wait())
    training.share(settings, live_content(settings), settings.home / "models")
    sys.stdout.write(told)
    say("Ready: rasa data validate, rasa train, rasa test, rasa shell.")


def announce(told: Mapping[str, str]) -> None:
    """Prints the variables, then lets go of the terminal: whoever reads it waits for its end."""
    from bot.operations.rasa_shell import exports

    sys.stdout.write(exports(told))
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())

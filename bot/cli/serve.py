"""`principles serve`: the whole assistant, or some of its parts, until Ctrl-C."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
import uvloop

from bot.cli.console import say
from bot.operations.roles import ProcessRole
from bot.settings import Settings


def serve(
    roles: Annotated[
        list[ProcessRole] | None,
        typer.Argument(metavar="[PART]...", help="gateway, actions, rasa or jobs; all, if none."),
    ] = None,
) -> None:
    """Start the assistant and print its address once it answers. Ctrl-C stops all of it.

    It listens on this machine only, unless FP_HOST says otherwise. FP_PORT changes the port. With
    parts named it is only these, and finds the others by FP_RASA_URL, FP_ACTIONS_URL and
    FP_RASA_SECRET.
    """
    from bot.operations import logging, supervisor

    settings = Settings.read()
    logging.configure(settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(supervisor.serve(settings, say, roles or ()))

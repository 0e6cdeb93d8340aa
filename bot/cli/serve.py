"""`principles serve`: the whole assistant, until Ctrl-C."""

from __future__ import annotations

import asyncio

import uvloop

from bot.cli.console import say
from bot.settings import Settings


def serve() -> None:
    """Start the assistant and print its address once it answers. Ctrl-C stops all of it.

    It listens on this machine only, unless FP_HOST says otherwise. FP_PORT changes the port.
    """
    from bot.operations import logging, supervisor

    settings = Settings.read()
    logging.configure(settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(supervisor.serve(settings, say))

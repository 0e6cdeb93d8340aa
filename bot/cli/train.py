"""`principles train`: Rasa's model, trained when something it is made from has changed."""

from __future__ import annotations

import asyncio

import typer

from bot.cli.console import say
from bot.cli.exits import Exit
from bot.operations import training
from bot.operations.content_folder import live_content
from bot.settings import Settings


def train() -> None:
    """Check Rasa's training data and train its model, if anything has changed.

    It learns the flows and notices of the live edition.
    """
    settings = Settings.read()
    live = live_content(settings)
    if not training.is_current(settings, live):
        from bot.operations import supervisor

        asyncio.run(supervisor.train(settings, say))
        if not training.is_current(settings, live):
            raise typer.Exit(Exit.INTERRUPTED)
    say("Rasa's model is up to date.")

"""`principles database …`: the tables, as a step of their own."""

from __future__ import annotations

import typer

from bot.cli.console import say
from bot.cli.exits import Exit
from bot.operations.state_folder import make_private
from bot.settings import Settings

database = typer.Typer(
    no_args_is_help=True,
    help="Bring the tables up to date before the assistant starts, and say how they are.",
)


@database.command()
def upgrade() -> None:
    """Bring the tables up to date: the conversations' and, in Postgres, those of Rasa's memory.

    All of it is done, or nothing. `principles serve` does the same at its start. As a step of its
    own it can run under an account that may make tables, and the servers under one that may not.
    """
    from bot.storage.engine import open_store, usable
    from bot.storage.rasa_memory import open_memory
    from bot.storage.upgrade import NEWEST

    settings = Settings.read()
    make_private(settings.state_dir)
    engine = open_store(settings.store_url)
    memory = open_memory(settings.tracker_url, settings.store_url, engine)
    if memory.engine.dialect.name == "postgresql":
        with usable(memory.engine):
            memory.create()
    say(f"The tables are of version {NEWEST}.")


@database.command()
def version() -> None:
    """Say which version the tables have and which this release needs; exit with 1 if older."""
    from bot.storage.engine import connected, usable
    from bot.storage.upgrade import NEWEST, is_up_to_date, version_of

    settings = Settings.read()
    make_private(settings.state_dir)
    engine = connected(settings.store_url)
    with usable(engine):
        found = version_of(engine)
    say(f"The tables are of version {found or 'none'}. This release needs {NEWEST}.")
    if not is_up_to_date(engine):
        say("Run `principles database upgrade`, or start the assistant, which does the same.")
        raise typer.Exit(Exit.NOT_SOUND)

"""`principles database …`: the tables, as a step of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import say
from bot.cli.exits import Exit
from bot.errors import UserFacingError
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
    from bot.storage.engine import open_store, shown, usable
    from bot.storage.rasa_memory import open_memory
    from bot.storage.upgrade import NEWEST

    settings = Settings.read()
    make_private(settings.state_dir)
    engine = open_store(settings.store_url)
    memory = open_memory(settings.tracker_url, settings.store_url, engine)
    if memory.engine.dialect.name == "postgresql":
        with usable(memory.engine):
            memory.create()
    say(f"The tables of {shown(engine)} are of version {NEWEST}.")


@database.command()
def create(
    name: Annotated[str, typer.Argument(help="Small letters, digits and _: example_scp.")],
    secrets_folder: Annotated[
        Path, typer.Argument(help="A new folder for the secrets, to name in FP_SECRETS_DIR.")
    ],
    admin: Annotated[
        str, typer.Option(help="URL of a Postgres under an account that may make accounts.")
    ],
    redis: Annotated[str, typer.Option(help="URL of the Redis that the servers share.")] = "",
) -> None:
    """Make a place of its own for a partnership in a Postgres that several share.

    It gets an account, a schema that no other account may open, the tables, and the secrets that
    its servers need. Each partnership has servers of its own: docs/operations.md says how.
    """
    from bot.storage.engine import open_store
    from bot.storage.partnership import make_place, write_secrets
    from bot.storage.rasa_memory import open_memory

    if secrets_folder.exists():
        raise UserFacingError(f"{secrets_folder} is there already. Name a folder that is not.")
    url = make_place(admin, name)
    write_secrets(secrets_folder, url, redis)
    engine = open_store(url)
    open_memory(url, url, engine).create()
    say(f"The partnership {name} has its place. Its secrets are in {secrets_folder}.")
    say(f"Start its servers with FP_SECRETS_DIR={secrets_folder}.")


@database.command()
def version() -> None:
    """Say which version the tables have and which this release needs; exit with 1 if older."""
    from bot.storage.engine import connected, shown, usable
    from bot.storage.upgrade import NEWEST, is_up_to_date, sqlite_file, version_of

    engine = connected(Settings.read().store_url, makes_folder=False)
    file = sqlite_file(engine)
    if file and not file.exists():
        say(
            f"There is no database {file} yet. Servers with another one name it in FP_DATABASE_URL."
        )
        raise typer.Exit(Exit.NOT_SOUND)
    with usable(engine):
        found = version_of(engine)
    say(f"The tables of {shown(engine)} are of version {found or 'none'}.")
    say(f"This release needs {NEWEST}.")
    if not is_up_to_date(engine):
        say("Run `principles database upgrade`, or start the assistant, which does the same.")
        raise typer.Exit(Exit.NOT_SOUND)

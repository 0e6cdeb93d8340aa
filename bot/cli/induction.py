"""`principles induction`: check the modules of the induction programme."""

from __future__ import annotations

import typer

from bot.cli.console import say
from bot.cli.flows import open_flows
from bot.operations.content_folder import data_files, live_content
from bot.settings import Settings

induction = typer.Typer(
    help="Check the induction programme.", no_args_is_help=True, rich_markup_mode=None
)


@induction.callback()
def options() -> None:
    pass


@induction.command()
def check() -> None:
    """Name every problem of the modules with file and line."""
    from bot.induction import sound_programme
    from knowledge.library import Library

    settings = Settings.read()
    folder = live_content(settings)
    library, modules = Library.read(folder), data_files(settings, folder).induction
    programme = sound_programme(modules, library, open_flows(settings))
    say(f"{len(programme.modules)} modules are sound.")

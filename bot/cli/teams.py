"""`principles teams …`: what an administrator of Microsoft Teams needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from bot.channels.teams.package import app_package
from bot.cli.console import say
from bot.content.phrases import read_phrases
from bot.errors import UserFacingError
from bot.settings import Settings

teams = typer.Typer(
    help="Set up the Microsoft Teams channel.", no_args_is_help=True, rich_markup_mode=None
)


@teams.callback()
def options() -> None:
    pass


@teams.command()
def package(
    app_id: Annotated[
        UUID, typer.Option(help="The application (client) ID of the bot's registration.")
    ],
    domain: Annotated[
        str, typer.Option(help="The gateway's public host name, such as guidance.example.gov.uk.")
    ],
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("first-principles.zip"),
) -> None:
    """Write the app package to upload in the Teams admin centre. See docs/teams.md."""
    phrases = read_phrases(Settings.read().phrases_file)
    try:
        out.write_bytes(app_package(app_id, domain.strip().lower(), phrases.teams))
    except (ValueError, OSError) as error:
        raise UserFacingError(str(error)) from None
    say(f"Wrote {out}. Upload it in the Teams admin centre: Teams apps, Manage apps, Upload.")

"""The command line: one module a command, registered here."""

from __future__ import annotations

import sys
import traceback
import warnings
from importlib import import_module
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer

from bot import __version__
from bot.cli.accounts import accounts
from bot.cli.ask import ask
from bot.cli.chat import chat
from bot.cli.client import NotReachable
from bot.cli.console import complain
from bot.cli.content import content
from bot.cli.database import database
from bot.cli.evaluate import evaluate
from bot.cli.exits import Exit
from bot.cli.flows import flows
from bot.cli.index import index
from bot.cli.induction import induction
from bot.cli.languages import languages
from bot.cli.notices import notices
from bot.cli.rasa import rasa
from bot.cli.serve import serve
from bot.cli.switch import off, on
from bot.cli.teams import teams
from bot.cli.train import train

app = typer.Typer(
    help="Answers safeguarding questions from the principles documents of local partnerships,"
    " word for word, with the place each answer comes from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"principles {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    pass


app.command()(ask)
app.command()(chat)
app.command()(index)
app.command()(languages)
app.command()(notices)
app.command()(train)
app.command()(rasa)
app.command("eval")(evaluate)
app.command()(serve)
app.command()(off)
app.command()(on)
app.add_typer(accounts, name="accounts")
app.add_typer(content, name="content")
app.add_typer(database, name="database")
app.add_typer(flows, name="flows")
app.add_typer(induction, name="induction")
app.add_typer(teams, name="teams")


def main() -> None:
    if not sys.warnoptions:
        import_module("authlib.deprecate")  # It switches its own warnings on, so it goes first.
        warnings.simplefilter("ignore")
    try:
        app()
    except NotReachable as error:
        complain(str(error))
        sys.exit(Exit.NOT_REACHABLE)
    except Exception as error:
        complain(str(error) if is_worded(error) else unforeseen(error))
        sys.exit(Exit.FAILED)
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)


def is_worded(error: Exception) -> bool:
    """Whether the error is one of our own, whose text is written for a person."""
    return type(error).__module__.split(".")[0] in {"bot", "knowledge", "actions"}


def unforeseen(error: Exception) -> str:
    """Keeps the traceback in a file, and says where."""
    with NamedTemporaryFile("w", prefix="principles-", suffix=".log", delete=False) as log:
        traceback.print_exception(error, file=log)
    return (
        f"Something went wrong that nobody foresaw ({type(error).__name__})."
        f" Please pass {log.name} on to whoever looks after this assistant."
    )

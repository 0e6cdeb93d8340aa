"""`principles content draft`: the changes that wait to be published."""

from __future__ import annotations

import typer

from bot.cli.console import complain, say
from bot.cli.editions import Why, account, wait_until_live
from bot.cli.exits import Exit
from bot.errors import UserFacingError
from bot.operations.content_folder import open_drafts, open_editions
from bot.operations.state_folder import make_private
from bot.settings import Settings
from knowledge.editions import Drafts, WaitingDraft

draft = typer.Typer(
    help="The changes that wait to be published: show, publish, undo or discard them.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
NONE = "Nothing waits to be published."


@draft.callback()
def show(context: typer.Context) -> None:
    """Show the changes that wait, the oldest first, and what is wrong with them."""
    if context.invoked_subcommand:
        return
    settings = Settings.read()
    drafts = open_drafts(settings)
    waiting = drafts.open()
    if waiting is None:
        say(NONE)
        return
    for each in waiting.changes:
        typer.echo(f"{each.id}  {each.at:%-d %B %Y, %H:%M} UTC, {each.who}: {each.what}")
    if waiting.newer:
        say(
            f"Edition {waiting.newer.id} was published since ({waiting.newer.summary}). Bring the"
            " draft up to date at /manage/changes."
        )
    if told := _slips(settings, drafts, waiting):
        complain(told)


@draft.command()
def publish(why: Why = "") -> None:
    """Publish the changes that wait. Refused, with every slip, where something is wrong."""
    from bot.operations.published_draft import publish_draft

    settings = Settings.read()
    drafts, waiting = _waiting(settings)
    if told := _slips(settings, drafts, waiting):
        complain(told)
        raise typer.Exit(Exit.NOT_SOUND)
    edition = publish_draft(open_editions(settings), drafts, waiting, account(), why)
    say(f"Published edition {edition.id}. {edition.summary}")
    wait_until_live(settings, edition)


@draft.command()
def undo() -> None:
    """Take back the last change."""
    drafts, waiting = _waiting(Settings.read())
    drafts.undo(waiting.id)
    say(f"Undone: {waiting.changes[-1].what}")


@draft.command()
def discard(
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
) -> None:
    """Take back every change, for everybody."""
    drafts, waiting = _waiting(Settings.read())
    if not yes:
        typer.confirm(f"Discard all {len(waiting.changes)} changes?", abort=True)
    drafts.discard(waiting.id)
    say(f"Discarded {len(waiting.changes)} changes.")


def _waiting(settings: Settings) -> tuple[Drafts, WaitingDraft]:
    make_private(settings.state_dir)
    drafts = open_drafts(settings)
    waiting = drafts.open()
    if waiting is None:
        raise UserFacingError(NONE)
    return drafts, waiting


def _slips(settings: Settings, drafts: Drafts, waiting: WaitingDraft) -> str:
    from bot.operations.content_check import checked_content

    return checked_content(drafts.folder(waiting), settings.data_dir).told()

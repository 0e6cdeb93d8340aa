"""`principles content draft`: the changes that wait, what they change, and publishing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import complain, say
from bot.cli.editions import Why, account, asked_store, wait_until_live
from bot.cli.exits import Exit
from bot.errors import UserFacingError
from bot.operations.content_folder import edited_content, open_drafts, open_editions
from bot.operations.state_folder import make_private
from bot.settings import Settings
from knowledge.editions import Drafts, Edition, WaitingDraft

if TYPE_CHECKING:
    from bot.operations.replay import Comparison

draft = typer.Typer(
    help="The changes that wait: show, check, publish, undo or discard them.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
NONE = "Nothing waits to be published."
REFUSED = (
    "Not published. Mend the draft, or publish it with --accept-regressions where all of this is"
    " meant."
)


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
        say(_behind(waiting.newer))
    if told := _slips(settings, drafts, waiting):
        complain(told)


@draft.command()
def check() -> None:
    """Say what the changes that wait would change in the answers.

    The written questions, those that the documents do not answer and your own (evaluation.jsonl)
    are asked of the live edition and of the draft. Takes some minutes. Ends with 1 when something
    in the draft is wrong, and with 7 when an answer gets worse.
    """
    settings = Settings.read()
    drafts, waiting = _waiting(settings)
    if _checked(settings, drafts, waiting).regressions:
        raise typer.Exit(Exit.WORSE)


@draft.command()
def publish(
    why: Why = "",
    accept_regressions: Annotated[
        bool,
        typer.Option(
            "--accept-regressions",
            help="Publish although answers get worse. The history keeps which.",
        ),
    ] = False,
) -> None:
    """Publish the changes that wait, after the same check.

    Refused where something is wrong, with 1, and where an answer gets worse, with 7, naming each.
    """
    from bot.operations.published_draft import publish_draft

    settings = Settings.read()
    drafts, waiting = _waiting(settings)
    worse = _checked(settings, drafts, waiting).regressions
    if worse and not accept_regressions:
        complain(REFUSED)
        raise typer.Exit(Exit.WORSE)
    edition = publish_draft(open_editions(settings), drafts, waiting, account(), why, worse)
    say(f"Published edition {edition.id}. {edition.summary}")
    wait_until_live(settings, edition)


@draft.command()
def undo() -> None:
    """Take back the last change."""
    settings = Settings.read()
    drafts, waiting = _waiting(settings)
    drafts.undo(waiting.id)
    _wait_again(settings)
    say(f"Undone: {waiting.changes[-1].what}")


@draft.command()
def discard(
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
) -> None:
    """Take back every change, for everybody."""
    settings = Settings.read()
    drafts, waiting = _waiting(settings)
    if not yes:
        typer.confirm(f"Discard all {len(waiting.changes)} changes?", abort=True)
    drafts.discard(waiting.id)
    _wait_again(settings)
    say(f"Discarded {len(waiting.changes)} changes.")


def _wait_again(settings: Settings) -> None:
    """The questions that were dealt with by what is taken back."""
    from bot.asked.coming_back import lacking

    store = asked_store(settings)
    store.unsettle(lacking(store, open_editions(settings).live(), edited_content(settings)[1]))


def _waiting(settings: Settings) -> tuple[Drafts, WaitingDraft]:
    make_private(settings.state_dir)
    drafts = open_drafts(settings)
    waiting = drafts.open()
    if waiting is None:
        raise UserFacingError(NONE)
    return drafts, waiting


def _checked(settings: Settings, drafts: Drafts, waiting: WaitingDraft) -> Comparison:
    """Tells all of it. Ends the command where something is wrong, or another edition is live."""
    from bot.cli.answer_check import answers_checked, told

    if waiting.newer:
        raise UserFacingError(_behind(waiting.newer))
    if slips := _slips(settings, drafts, waiting):
        complain(slips)
        raise typer.Exit(Exit.NOT_SOUND)
    found = answers_checked(settings, waiting, drafts.folder(waiting))
    told(found)
    return found


def _behind(newer: Edition) -> str:
    return (
        f"Edition {newer.id} was published since ({newer.summary}). Bring the draft up to date at"
        " /manage/changes."
    )


def _slips(settings: Settings, drafts: Drafts, waiting: WaitingDraft) -> str:
    from bot.operations.content_check import checked_content

    return checked_content(drafts.folder(waiting), settings.data_dir).told()

"""`principles notices`: the warnings beside quotations, and which of them are due."""

from __future__ import annotations

from datetime import date

import typer

from bot.cli.console import complain
from bot.cli.exits import Exit
from bot.operations.content_folder import live_content
from bot.settings import Settings


def notices() -> None:
    """List the notices; fail when one is overdue or stands beside a missing passage."""
    from knowledge.library import Library

    today = date.today()
    found = Library.read(live_content(Settings.read())).notices
    for record in sorted(found.records, key=lambda record: record.review_by):
        due = "OVERDUE" if record.overdue(today) else "due"
        signed = f"signed off by {record.signed_by}" if record.signed_by else "not signed off"
        typer.echo(f"{record.id} ({record.kind}, certainty {record.certainty}): {signed}")
        beside = ", ".join([*record.passages, *(f"all of {d}" for d in record.documents)])
        typer.echo(f"  {due} {record.review_by:%-d %B %Y}, {record.owner}, beside {beside}")
    if overdue := found.overdue(today):
        names = ", ".join(record.id for record in overdue)
        complain(
            f"Overdue: {names}. Check the wording at /manage/notices or in knowledge/notices.yaml,"
            " then set checked_on and review_by."
        )
        raise typer.Exit(Exit.FAILED)

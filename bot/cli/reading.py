"""A document that is read for a command, with how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.progress import Progress

from bot.cli.console import complain, err
from bot.cli.exits import Exit

if TYPE_CHECKING:
    from knowledge.importing import ImportedDocument


def read(file: Path) -> ImportedDocument:
    """Ends the command with 1 where the document is not taken in, and says why."""
    from knowledge.importing import ImportRefused, read_document

    try:
        with Progress(console=err, transient=True) as bar:
            task = bar.add_task("Reading the document", total=None)
            return read_document(
                file, lambda done, total: bar.update(task, completed=done, total=total)
            )
    except ImportRefused as refusal:
        complain(str(refusal))
        raise typer.Exit(Exit.NOT_TAKEN_IN) from None

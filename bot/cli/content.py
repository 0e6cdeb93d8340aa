"""`principles content`: how a document would be cut into passages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from bot.cli.console import complain, err, out, say
from bot.cli.exits import Exit
from bot.errors import UserFacingError

if TYPE_CHECKING:
    from knowledge.importing import ImportedDocument

content = typer.Typer(
    help="Look at documents before they are taken in.", no_args_is_help=True, rich_markup_mode=None
)


@content.callback()
def options() -> None:
    pass


@content.command()
def propose(
    file: Annotated[
        Path, typer.Argument(help="A web page, Word document, PDF, or Markdown or plain text.")
    ],
    to: Annotated[
        Path | None, typer.Option("--json", help="Write all of it to this file, too.")
    ] = None,
) -> None:
    """Show how a document would be cut into passages, for the policy officer to check.

    It changes nothing and publishes nothing: what the assistant quotes stays as it is. Ends with 1
    when the document is not taken in, and says why and what to do.
    """
    from bot.cli.proposal import rendered
    from knowledge.importing import DOCUMENT, ImportRefused

    if to and to.exists() and file.exists() and to.samefile(file):
        raise UserFacingError(f"{to} is the document itself. Name another file for --json.")
    try:
        document = read(file)
    except ImportRefused as refusal:
        complain(str(refusal))
        raise typer.Exit(Exit.NOT_TAKEN_IN) from None
    for part in rendered(document):
        out.print(part)
    if to:
        write(to, DOCUMENT.dump_json(document, indent=2))


def read(file: Path) -> ImportedDocument:
    from knowledge.importing import read_document

    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Reading the document", total=None)
        return read_document(
            file, lambda done, total: bar.update(task, completed=done, total=total)
        )


def write(to: Path, proposal: bytes) -> None:
    try:
        to.write_bytes(proposal + b"\n")
    except OSError as problem:
        raise UserFacingError(f"{to} could not be written: {problem.strerror}.") from problem
    say(f"Wrote {to}.")

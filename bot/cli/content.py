"""`principles content`: its commands, and how a document would be cut into passages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asked import add_gap, add_question, asked, report
from bot.cli.console import out, say
from bot.cli.content_files import export_content, publish_content
from bot.cli.documents import check, holds, import_document, list_documents
from bot.cli.drafts import draft
from bot.cli.editions import history, rollback
from bot.cli.gaps import decide_gap
from bot.cli.reading import read
from bot.cli.retiring import retire
from bot.cli.reviews import accept, assign, due, sign
from bot.cli.revisions import impact, revise
from bot.errors import UserFacingError

content = typer.Typer(
    help="Take documents and their new editions in and out, change files, and go back.",
    no_args_is_help=True,
    rich_markup_mode=None,
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
    from knowledge.importing import DOCUMENT

    if to and to.exists() and file.exists() and to.samefile(file):
        raise UserFacingError(f"{to} is the document itself. Name another file for --json.")
    document = read(file)
    for part in rendered(document):
        out.print(part)
    if to:
        write(to, DOCUMENT.dump_json(document, indent=2))


def write(to: Path, proposal: bytes) -> None:
    try:
        to.write_bytes(proposal + b"\n")
    except OSError as problem:
        raise UserFacingError(f"{to} could not be written: {problem.strerror}.") from problem
    say(f"Wrote {to}.")


content.command("import")(import_document)
content.command()(revise)
content.command()(retire)
content.command()(impact)
content.command("list")(list_documents)
content.command("export")(export_content)
content.command("publish")(publish_content)
content.command()(check)
content.command()(holds)
content.command()(due)
content.command()(accept)
content.command()(assign)
content.command()(sign)
content.command()(history)
content.command()(rollback)
content.add_typer(draft, name="draft")
content.command()(asked)
content.command("add-question")(add_question)
content.command("add-gap")(add_gap)
content.command("decide-gap")(decide_gap)
content.command()(report)

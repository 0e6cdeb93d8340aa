"""`principles content list`, `check`, `import` and `retire`: the documents of the live edition."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import complain, say
from bot.cli.editions import Why, account, wait_until_live
from bot.cli.exits import Exit
from bot.cli.reading import read
from bot.errors import UserFacingError
from bot.operations.content_folder import live_content, own_editions
from bot.settings import Settings
from knowledge.errors import ContentError

if TYPE_CHECKING:
    from knowledge.documents import Document


def list_documents() -> None:
    """List the documents of the live edition."""
    from knowledge.library import Library

    library = Library.read(live_content(Settings.read()))
    for document in library.documents.values():
        cut = sum(each.document_id == document.id for each in library.passages.values())
        typer.echo(described(document, cut))


def check() -> None:
    """Name every slip in the live edition, and in what cites it, with file and line."""
    from bot.operations.content_check import checked_content

    settings = Settings.read()
    found = checked_content(live_content(settings), settings.data_dir)
    if found.slips:
        complain(found.told())
        raise typer.Exit(Exit.NOT_SOUND)
    say(
        f"{found.documents} documents, {found.passages} passages, {found.questions} questions,"
        f" {found.gaps} gaps, {found.notices} notices, {found.flows} flows and {found.modules}"
        " modules are sound."
    )


def import_document(
    file: Annotated[
        Path, typer.Argument(help="A web page, Word document, PDF, or Markdown or plain text.")
    ],
    title: Annotated[
        str | None, typer.Option(help="What it is called, in place of its own title.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    area: Annotated[
        str | None, typer.Option(help="The one area that it is for, such as knowsley.")
    ] = None,
    version: Annotated[
        str | None, typer.Option(help="Its date or number, such as 'March 2026'.")
    ] = None,
    why: Why = "",
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish it. Without this, nothing is changed.")
    ] = False,
) -> None:
    """Take a document in. With --publish, a running assistant answers from it without a stop.

    The last line that it prints is then the document's id. Ends with 1 when the document is not
    taken in, and says why and what to do.
    """
    from bot.operations.content_check import checked_content
    from knowledge.documents import DOCUMENTS, read_document_of
    from knowledge.intake import GivenFacts, take_in

    settings = Settings.read()
    imported = read(file)
    editions = own_editions(settings)
    with editions.draft() as draft:
        given = GivenFacts(title, publisher, area, version)
        try:
            taken = editions.names_ever(DOCUMENTS)
            document_id = take_in(draft.folder, file, imported, given, date.today(), taken)
        except ContentError as refused:
            complain(str(refused))
            raise typer.Exit(Exit.NOT_TAKEN_IN) from None
        found = checked_content(draft.folder, settings.data_dir)
        if found.slips:
            complain(found.told())
            raise typer.Exit(Exit.NOT_TAKEN_IN)
        document = read_document_of(draft.folder, document_id)
        about = described(document, len(imported.passages))
        if not publish:
            typer.echo(f"Would be published as {about}")
            say("Nothing was changed, and nothing is published. --publish publishes it.")
            return
        say(f"Publishing {about}")
        for name in imported.people or ("none found",):
            say(f"Name of a person: {name}")
        summary = f"Took in document {document_id}, {document.title}"
        edition = editions.publish(draft, account(), why, summary)
    say(f"Published edition {edition.id}.")
    wait_until_live(settings, edition)
    typer.echo(document_id)


def retire(
    document: Annotated[str, typer.Argument(help="The document's id, from `list`.")],
    why: Why = "",
) -> None:
    """Take a document out, with its questions, without stopping a running assistant.

    Refused, with every place, while a flow, a module, a notice or a relation cites its passages.
    """
    from bot.operations.content_check import checked_content
    from knowledge.documents import read_document_of
    from knowledge.retiring import take_out

    settings = Settings.read()
    editions = own_editions(settings)
    with editions.draft() as draft:
        title = read_document_of(draft.folder, document).title
        take_out(draft.folder, document)
        if found := checked_content(draft.folder, settings.data_dir).slips:
            places = "\n".join(map(str, found))
            raise UserFacingError(
                f"{document} is still cited. Change these places first, then retire it:\n{places}"
            )
        edition = editions.publish(draft, account(), why, f"Took out document {document}, {title}")
    say(f"Published edition {edition.id}, without document {document}.")
    wait_until_live(settings, edition)


def described(document: Document, passages: int) -> str:
    area = document.area or "every area"
    return (
        f"{document.id}  {document.title}\n"
        f"     {document.publisher}, {area}, {document.version}, {passages} passages"
    )

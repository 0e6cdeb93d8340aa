"""`principles content list`, `check`, `import` and `holds`: the documents of the live edition."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import complain, say
from bot.cli.editions import Why, account, tried_again, wait_until_live
from bot.cli.exits import Exit
from bot.cli.reading import read
from bot.errors import UserFacingError
from bot.operations.content_folder import (
    edited_content,
    live_content,
    open_drafts,
    own_editions,
)
from bot.operations.state_folder import make_private
from bot.settings import Settings
from knowledge.errors import ContentError

UNCHECKED = (
    "What it changes in the answers is not checked. To know that first, take it in at"
    " /manage/documents: it waits in the draft then, and `principles content draft check` tells."
)

if TYPE_CHECKING:
    from knowledge.documents import Document
    from knowledge.editions import Edition
    from knowledge.importing import ImportedDocument
    from knowledge.intake import GivenFacts


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
        f" modules are sound.{_own(found.own_questions)}"
    )


def _own(count: int) -> str:
    """A set that nobody has written need not be mentioned."""
    return f" {count} questions of your own are, too." if count else ""


def import_document(
    file: Annotated[
        Path, typer.Argument(help="A web page, Word document, PDF, or Markdown or plain text.")
    ],
    title: Annotated[
        str | None, typer.Option(help="What it is called, in place of its own title.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    area: Annotated[
        str | None, typer.Option(help="The one area that it is for, such as example-town.")
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Its text holds everywhere, though it has an area.")
    ] = False,
    version: Annotated[
        str | None, typer.Option(help="Its date or number, such as 'March 2026'.")
    ] = None,
    supersedes: Annotated[
        list[str] | None,
        typer.Option(help="The id of a document that it replaces, which stays to be quoted."),
    ] = None,
    why: Why = "",
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish it. Without this, nothing is changed.")
    ] = False,
) -> None:
    """Take a document in. With --publish, a running assistant answers from it without a stop.

    The last line that it prints is then the document's id. Ends with 1 when the document is not
    taken in, and says why and what to do; with 6 when it is published, and the running assistant
    does not go over to it.
    """
    from knowledge.intake import GivenFacts

    settings = Settings.read()
    imported = read(file)
    given = GivenFacts(title, publisher, area, version, tuple(supersedes or ()), everywhere)

    def take() -> tuple[Edition, str] | None:
        return _taken_in(settings, file, imported, given, why if publish else None)

    if published := tried_again(take):
        edition, document_id = published
        say(f"Published edition {edition.id}.")
        tell_of_gaps(document_id)
        typer.echo(document_id)
        wait_until_live(settings, edition)


def _taken_in(
    settings: Settings, file: Path, imported: ImportedDocument, given: GivenFacts, why: str | None
) -> tuple[Edition, str] | None:
    """The edition and the document's id; without `why` nothing is published, only told."""
    from bot.operations.content_check import checked_content
    from knowledge.documents import DOCUMENTS, read_document_of
    from knowledge.intake import take_in

    editions = own_editions(settings)
    with editions.draft() as draft:
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
        _tell_new_area(draft.folder, document)
        _tell_local(document)
        if why is None:
            typer.echo(f"Would be published as {about}")
            say("Nothing was changed, and nothing is published. --publish publishes it.")
            return None
        say(f"Publishing {about}")
        say(UNCHECKED)
        for name in imported.people or ("none found",):
            say(f"Name of a person: {name}")
        summary = f"Took in document {document_id}, {document.title}"
        return editions.publish(draft, account(), why, summary), document_id


def _tell_new_area(folder: Path, document: Document) -> None:
    """A slip in an area's name would make an area that nobody chooses."""
    from knowledge.documents import read_documents

    documents = (each.document for each in read_documents(folder))
    others = {each.area for each in documents if each.area and each.id != document.id}
    if document.area and document.area not in others:
        there = ", ".join(sorted(others)) or "none"
        say(f"{document.area} is a new area. There were: {there}.")


def _tell_local(document: Document) -> None:
    """What practitioners are told of its own accord, as nobody writes it."""
    from knowledge.areas import area_name

    if document.local_to:
        area = area_name(document.local_to)
        say(f"Beside each of its passages stands that this is {area}'s text.")
        say(f"If it holds everywhere: `principles content holds {document.id} --everywhere`.")


def holds(
    document: Annotated[str, typer.Argument(help="The document's id, from `list`.")],
    everywhere: Annotated[
        bool,
        typer.Option("--everywhere/--in-its-area", help="Whether its text holds in other areas."),
    ],
) -> None:
    """Say whether a document's text holds everywhere, or in its own area only. It is kept in the
    draft.

    Beside every passage of a document with an area stands that it is that area's text, until
    somebody says that it holds everywhere.
    """
    from knowledge.documents import read_document_of
    from knowledge.recutting import Cut

    settings = Settings.read()
    _, folder = edited_content(settings)
    found = read_document_of(folder, document)
    if found.area is None:
        raise UserFacingError(f"{found.title} has no area: it holds everywhere already.")
    where = "everywhere" if everywhere else "in its own area only"
    what = f"Said that {found.title} holds {where}"

    def apply(content: Path) -> None:
        cut = Cut.read(content, document)
        entry = cut.entry.model_copy(update={"holds_everywhere": everywhere})
        Cut(cut.folder, entry, cut.text, cut.passages).write()

    make_private(settings.state_dir)
    open_drafts(settings).change(account(), what, apply)
    say(f"{what}. It waits in the draft; `principles content draft publish` publishes it.")


def tell_of_gaps(document_id: str) -> None:
    say(f"`principles content impact {document_id}` says which known gaps it may answer now.")


def described(document: Document, passages: int) -> str:
    area = document.area or "every area"
    return (
        f"{document.id}  {document.title}\n"
        f"     {document.publisher}, {area}, {document.version}, {passages} passages"
    )

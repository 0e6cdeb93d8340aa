"""`principles content revise` and `impact`: a new edition of a document, and what cites it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import complain, out, say
from bot.cli.documents import described, tell_of_gaps
from bot.cli.editions import Why, account, tried_again, wait_until_live
from bot.cli.exits import Exit
from bot.cli.reading import read
from bot.cli.signatures import HOW, lacking, must_be_signed
from bot.errors import UserFacingError
from bot.operations.content_folder import edited_content, open_drafts, own_editions
from bot.settings import Settings
from knowledge.errors import ContentError

if TYPE_CHECKING:
    from bot.operations.new_edition import NewEdition
    from knowledge.editions import Edition, EditionDraft
    from knowledge.errors import Violation
    from knowledge.revision import CitingPlace

DocumentId = Annotated[str, typer.Argument(help="The document's id, from `list`.")]


def revise(
    document: DocumentId,
    file: Annotated[Path, typer.Argument(help="The new edition, in any form that is taken in.")],
    version: Annotated[
        str | None, typer.Option(help="Its date or number, such as 'March 2027'.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Its title, where that has changed.")] = None,
    publisher: Annotated[
        str | None, typer.Option(help="Its publisher, where that has changed.")
    ] = None,
    area: Annotated[str | None, typer.Option(help="Its area, where that has changed.")] = None,
    needs_two: Annotated[
        bool | None,
        typer.Option("--needs-two/--needs-one", help="Whether two people have to sign it."),
    ] = None,
    why: Why = "",
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish it. Without this, nothing is published.")
    ] = False,
    draft: Annotated[
        bool,
        typer.Option("--draft", help="Put it into the draft, where people sign and publish it."),
    ] = False,
) -> None:
    """Put a new edition of a document in the place of the old one.

    Shows what changes, passage by passage, and every place that cites what has changed. With
    --publish, ends with 1 and publishes nothing where a passage is gone that is still cited; places
    that are only to be checked stay open, and `due` lists them. A document that two people have to
    sign is not published before they have: with --draft it is put where they sign it. Ends with 6
    when it is published, and the running assistant does not go over to it.
    """
    from bot.operations.new_edition import revise_in
    from knowledge.revision import NewFacts

    settings = Settings.read()
    imported = read(file)
    given = NewFacts(title, publisher, area, version, needs_two=needs_two)

    def changed(folder: Path) -> NewEdition:
        return revise_in(folder, settings.data_dir, document, file, imported, given, date.today())

    def take() -> Edition | None:
        return _revised(settings, changed, why if publish else None)

    if publish and draft:
        raise UserFacingError("Give --publish or --draft, not both.")
    if version is None:
        say("No --version is given: it will be cited as 'version not given', and is undated.")
    if draft:
        _into_draft(settings, document, version, changed)
        return
    if edition := tried_again(take):
        say(f"Published edition {edition.id}.")
        tell_of_gaps(document)
        wait_until_live(settings, edition)


def _into_draft(
    settings: Settings, document: str, version: str | None, change: Callable[[Path], NewEdition]
) -> None:
    """Tells all that a new edition changes, and keeps it in the draft that everybody sees."""
    from bot.operations.new_edition import put_original

    editions, drafts = own_editions(settings), open_drafts(settings)
    waiting = drafts.open()
    made_from = (waiting.made_from if waiting else editions.live()).id

    def apply(folder: Path) -> None:
        put_original(editions, made_from, folder, document)
        _tell(_changed(folder, change))

    drafts.change(account(), f"New edition of document {document}: {version}", apply)
    say(f"It is in the draft. Look at it at /manage/documents/{document}/new-edition. {HOW}")


def _changed(folder: Path, change: Callable[[Path], NewEdition]) -> NewEdition:
    try:
        return change(folder)
    except ContentError as refused:
        complain(str(refused))
        raise typer.Exit(Exit.NOT_TAKEN_IN) from None


def _tell(new: NewEdition) -> None:
    from bot.cli.changes import changes, edits, impact_list

    for part in (*changes(new.revision), *edits(new.edits), *impact_list(new.impact)):
        out.print(part)


def _revised(
    settings: Settings, change: Callable[[Path], NewEdition], why: str | None
) -> Edition | None:
    """Without `why` nothing is published, only told."""
    editions = own_editions(settings)
    with editions.draft() as draft:
        new = _changed(draft.folder, change)
        _tell(new)
        after = new.revision.after
        count = sum(each.after is not None for each in new.revision.changes)
        if why is None:
            typer.echo(f"\nWould be published as {described(after, count)}")
            if not new.may_be_published:
                complain(_hindrances(settings, draft, new))
            if told := lacking(editions, draft):
                say(f"{told} --draft puts it where they do. {HOW}")
            say("Nothing was changed, and nothing is published. --publish publishes it.")
            return None
        if not new.may_be_published:
            complain(_hindrances(settings, draft, new))
            raise typer.Exit(Exit.NOT_SOUND)
        must_be_signed(editions, draft, "Put it there with --draft in place of --publish.")
        summary = f"New edition of document {after.id}, {after.title}: {after.version}"
        return editions.publish(draft, account(), why, summary)


def _hindrances(settings: Settings, draft: EditionDraft, new: NewEdition) -> str:
    """Every place that has lost its passage, then every other slip."""
    from bot.operations.content_check import checked_content

    with own_editions(settings).copy(draft.made_from) as whole:
        before = checked_content(whole, settings.data_dir).slips
    broken = [each for affected in new.impact.broken for each in affected.citations]
    gone = {each.cited for each in broken}
    rest = tuple(slip for slip in new.slips if not any(each in slip.text for each in gone))
    opening = "It cannot be published as it is. Change these places first:"
    return hindrances(opening, broken, rest, before)


def hindrances(
    opening: str,
    citations: Sequence[CitingPlace],
    found: Sequence[Violation],
    before: Sequence[Violation],
) -> str:
    """`opening` comes before what a change has caused: places that have lost their passage, and
    other slips; then come the slips that were there before."""
    from bot.cli.changes import listed
    from bot.operations.new_edition import told_apart

    caused, earlier = told_apart(found, before)
    parts: list[str] = []
    if citations or caused:
        parts += [opening, *([listed(citations)] if citations else []), *map(str, caused)]
    if earlier:
        parts += ["These slips were there before. Mend them first:", *map(str, earlier)]
    return "\n".join(parts)


def impact(document: DocumentId) -> None:
    """List every place that cites a document or a passage of it, with file and line, and the known
    gaps that its new words may answer.

    Of the draft, where changes wait. The gaps are asked, which takes seconds once it is open.
    """
    from bot.cli.changes import places
    from bot.cli.gaps import touched
    from bot.operations.citations import CitationGraph
    from knowledge.documents import read_stored

    settings = Settings.read()
    draft, folder = edited_content(settings)
    if draft:
        say("Changes wait to be published: this is of the draft.")
    stored = read_stored(folder, document)
    graph = CitationGraph.read(folder, settings.data_dir)
    if beside := graph.of(document):
        out.print(f"{document} as a whole")
        for part in places(beside):
            out.print(part)
    for passage in stored.passages:
        if cited := graph.of(passage.id):
            out.print(f"{passage.id} ({passage.reference})")
            for part in places(cited):
                out.print(part)
    count = len({each.key for each in graph.of_document(document)})
    typer.echo(f"{count} places cite document {document}.")
    for line in touched(settings, draft, folder, document):
        typer.echo(line)

"""`principles content retire`: takes a document out, and, if asked, what cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import out, say
from bot.cli.editions import Why, Yes, account, agreed, tried_again, wait_until_live
from bot.cli.revisions import DocumentId, hindrances
from bot.cli.signatures import must_be_signed
from bot.errors import UserFacingError
from bot.operations.content_folder import own_editions
from bot.settings import Settings
from knowledge.errors import ContentError

if TYPE_CHECKING:
    from bot.operations.citations import CitationGraph
    from knowledge.editions import Edition, EditionDraft


def retire(
    document: DocumentId,
    drop_citations: Annotated[
        bool,
        typer.Option(
            "--drop-citations",
            help="Take it out of every place that cites another passage, too. Shows each edit.",
        ),
    ] = False,
    why: Why = "",
    yes: Yes = False,
) -> None:
    """Take a document out, with its questions, without stopping a running assistant.

    First names every entry that goes with it; at a terminal it asks. The history keeps the names.
    Refused, with every place, while a flow, a module, a notice or a relation cites its passages.
    With --drop-citations, refused while a place cites nothing else. Nothing is erased: earlier
    editions keep it.
    """
    from bot.operations.going_with import going_with, told
    from knowledge.documents import read_document_of
    from knowledge.retiring import take_out

    settings = Settings.read()

    def taken_out() -> Edition:
        editions = own_editions(settings)
        with editions.draft() as draft:
            title = read_document_of(draft.folder, document).title
            graph = _graph(draft, settings)
            going = going_with(draft.folder, graph, document) if graph else ()
            if drop_citations and graph:
                _drop(graph, document, draft, settings)
            take_out(draft.folder, document)
            _check(graph, document, draft, settings)
            must_be_signed(editions, draft, "Retire it at /manage.")
            summary = f"Retired document {document}, {title}"
            for each in going:
                typer.echo(f"{each.called}, which go with it:")
                typer.echo("\n".join(f"  {name}" for name in each.names))
            agreed(f"Take out {title}?", yes=yes)
            reason = "\n\n".join(filter(None, (why.strip(), told(going))))
            return editions.publish(draft, account(), reason, summary)

    edition = tried_again(taken_out)
    say(f"Published edition {edition.id}, without document {document}.")
    wait_until_live(settings, edition)


def _graph(draft: EditionDraft, settings: Settings) -> CitationGraph | None:
    """None where a file cannot be read: the check then names the slip in it."""
    from bot.operations.citations import CitationGraph

    try:
        return CitationGraph.read(draft.folder, settings.data_dir)
    except ContentError:
        return None


def _drop(graph: CitationGraph, document: str, draft: EditionDraft, settings: Settings) -> None:
    """Raises UserFacingError, before anything is edited, where a citation cannot go."""
    from bot.cli.changes import edits, listed
    from bot.operations.dropping import planned
    from bot.operations.place_acts import drop_citations
    from bot.operations.rereading import to_reread

    plan = planned(graph, document)
    if not plan.is_whole:
        parts = [f"{document} cannot be taken out yet, so nothing was changed."]
        said = "These places cite nothing else. Give them another source, or take them out:"
        raise UserFacingError("\n".join((*parts, said, listed(plan.last))))
    for part in edits(drop_citations(draft.folder, settings.data_dir, document)):
        out.print(part)
    if left := to_reread(draft.folder, settings.data_dir, document):
        counted = "place keeps its" if len(left) == 1 else "places keep their"
        say(f"{len(left)} {counted} words, which may speak of {document}. Read them again:")
        typer.echo(listed([each.place.citation for each in left]))


def _check(
    graph: CitationGraph | None, document: str, draft: EditionDraft, settings: Settings
) -> None:
    """Raises UserFacingError where something still cites the document."""
    from bot.operations.content_check import checked_content
    from bot.operations.dropping import cited_by_people

    if not (found := checked_content(draft.folder, settings.data_dir).slips):
        return
    with own_editions(settings).copy(draft.made_from) as whole:
        before = checked_content(whole, settings.data_dir).slips
    opening = f"{document} is still cited. Change these places first, then retire it:"
    places = cited_by_people(graph, document) if graph else []
    gone = {each.cited for each in places}
    rest = [slip for slip in found if not any(each in slip.text for each in gone)]
    raise UserFacingError(hindrances(opening, places, rest, before))

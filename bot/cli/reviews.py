"""`principles content due`, `accept`, `assign` and `sign`: what people have to look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import say
from bot.cli.editions import Why, account, tried_again, wait_until_live
from bot.cli.exits import Exit
from bot.cli.revisions import DocumentId
from bot.errors import UserFacingError
from bot.operations.content_folder import live_content, open_drafts, own_editions
from bot.operations.state_folder import make_private
from bot.settings import Settings

if TYPE_CHECKING:
    from knowledge.documents import StoredDocument
    from knowledge.editions import Edition, WaitingDraft
    from knowledge.revision.citing_place import CitingPlace
    from knowledge.revision.open_places import OpenPlace
    from knowledge.revision.review import Review
    from knowledge.signatures import SignOff

Places = Annotated[
    list[str] | None, typer.Argument(help="The places, by the names that `due` shows.")
]
All = Annotated[bool, typer.Option("--all", help="Every place that is open.")]
Role = Annotated[str, typer.Option("--as-role", help="In which role, such as 'policy officer'.")]

OPEN = {
    "open": "its source has changed",
    "edited": "its source has changed, and so has it: say that they fit",
    "reopened": "it was accepted for other words",
}
Change = Callable[["StoredDocument", "Review", "list[OpenPlace]"], "tuple[Review, str]"]


def due() -> None:
    """List what is due: reviews, documents nobody has signed as they stand, and open places.

    Ends with 5 where a notice or a document is overdue: practitioners read that beside its words.
    """
    from bot.container import Content
    from bot.operations.content_folder import data_files
    from bot.operations.due import TOLD_TO_READERS
    from bot.operations.due import due as found_due
    from knowledge.library import Library

    settings, today = Settings.read(), date.today()
    folder = live_content(settings)
    content = Content.parsed(data_files(settings, folder))
    found = found_due(Library.read(folder), content, folder, settings.data_dir)
    late = found.overdue(today)
    for each in (*late, *found.soon(today)):
        day = f"{each.due:%-d %B %Y}" if each.due else "never looked at"
        said = f"OVERDUE {day}" if each in late else f"due {day}"
        owner = each.owner or "nobody is named as its owner"
        typer.echo(f"{each.kind.capitalize()} {each.id}: {said}, {owner}")
    for unsigned in found.unsigned:
        document = unsigned.document
        typer.echo(f"Document {document.id}, {document.title}: {_unsigned(unsigned.sign_off)}")
    for open_in in found.places:
        place, citation = open_in.place, open_in.place.citation
        to = f", assigned to {place.assigned.to}" if place.assigned else ""
        typer.echo(f"{citation.key}  {citation.place}: {citation.name}")
        typer.echo(f"  cites {citation.cited}: {OPEN[place.kind]}{to}")
    if any(each.kind in TOLD_TO_READERS for each in late):
        raise typer.Exit(Exit.FAILED)
    if not (late or found.soon(today) or found.unsigned or found.places):
        say("Nothing is due.")


def _unsigned(state: SignOff) -> str:
    names = " and ".join(f"{each.by} ({each.role})" for each in state.signatures)
    match state.kind:
        case "needs_another":
            return f"signed by {names}; it needs a second person"
        case "reopened":
            return f"its text has changed since it was signed by {names}"
    return "nobody has signed it"


def accept(
    document: DocumentId, role: Role, places: Places = None, all_open: All = False, why: Why = ""
) -> None:
    """Say that places still fit what they cite, as both stand now. A later change reopens them."""
    from knowledge.revision.open_places import sums_of, with_accepted
    from knowledge.revision.review import Acceptance

    def accepted(
        stored: StoredDocument, review: Review, still_open: list[OpenPlace]
    ) -> tuple[Review, str]:
        citations = _chosen(still_open, places, all_open)
        decision = Acceptance(by=account(), role=role, on=date.today())
        summary = f"Accepted {_counted(citations)} of document {document}"
        return with_accepted(review, citations, sums_of(stored), decision), summary

    _publish(document, accepted, why)


def assign(
    document: DocumentId,
    to: Annotated[str, typer.Option(help="Who is to look at them.")],
    places: Places = None,
    all_open: All = False,
    why: Why = "",
) -> None:
    """Give open places to somebody to look at."""
    from knowledge.revision.open_places import sums_of, with_assigned
    from knowledge.revision.review import Assignment

    def assigned(
        stored: StoredDocument, review: Review, still_open: list[OpenPlace]
    ) -> tuple[Review, str]:
        citations = _chosen(still_open, places, all_open)
        assignment = Assignment(to=to, by=account(), on=date.today())
        summary = f"Assigned {_counted(citations)} of document {document} to {to}"
        return with_assigned(review, citations, sums_of(stored), assignment), summary

    _publish(document, assigned, why)


def sign(document: DocumentId, role: Role, why: Why = "") -> None:
    """Sign a document's text as it stands. A change of the text asks for a new signature.

    Where a draft waits that has another text, that is signed, in the draft. A document marked
    `needs_two` needs two different people.
    """
    from bot.operations.signing import sign as sign_in
    from knowledge.revision.review import Acceptance
    from knowledge.revision.sign_off import with_signature

    def signed(
        stored: StoredDocument, review: Review, still_open: list[OpenPlace]
    ) -> tuple[Review, str]:
        decision = Acceptance(by=account(), role=role, on=date.today())
        new = with_signature(review, stored.document, decision)
        return new, f"Signed document {document}, {stored.document.title}, as {role}"

    settings = Settings.read()
    make_private(settings.state_dir)
    drafts = open_drafts(settings)
    if (waiting := drafts.open()) and (text := _other_text(settings, waiting, document)):
        decision = Acceptance(by=account(), role=role, on=date.today())
        what = f"Signed document {document} as {role}"
        drafts.change(account(), what, lambda folder: sign_in(folder, document, text, decision))
        say(f"{what}, in the draft. It counts once that is published.")
        return
    _publish(document, signed, why)


def _other_text(settings: Settings, waiting: WaitingDraft, document: str) -> str | None:
    """The sum of the text that the draft has of the document, where the live edition has another
    or none."""
    from knowledge.documents import DOCUMENTS, read_document_of

    drafts, live = open_drafts(settings), live_content(settings)
    text = read_document_of(drafts.folder(waiting), document).sha256
    is_live = (live / DOCUMENTS / document).is_dir()
    return None if is_live and read_document_of(live, document).sha256 == text else text


def _publish(document: str, change: Change, why: str) -> None:
    """Publishes an edition with the review that `change` makes of the one that there is."""
    from bot.operations.citations import CitationGraph
    from bot.operations.due import open_places_of
    from knowledge.documents import read_stored
    from knowledge.revision.review import read_review, write_review

    settings = Settings.read()

    def published() -> Edition:
        editions = own_editions(settings)
        with editions.draft() as draft:
            stored = read_stored(draft.folder, document)
            review = read_review(draft.folder, document)
            graph = CitationGraph.read(draft.folder, settings.data_dir)
            still_open = list(open_places_of(stored, review, graph))
            new, summary = change(stored, review, still_open)
            write_review(draft.folder, document, new)
            return editions.publish(draft, account(), why, summary)

    edition = tried_again(published)
    say(f"Published edition {edition.id}. {edition.summary}")
    wait_until_live(settings, edition)


def _chosen(
    still_open: Sequence[OpenPlace], places: Sequence[str] | None, all_open: bool
) -> tuple[CitingPlace, ...]:
    from knowledge.revision.open_places import chosen

    if bool(places) == all_open:
        raise UserFacingError("Name the places, or give --all for every one that is open.")
    citations = tuple(each.citation for each in still_open)
    if all_open and not citations:
        raise UserFacingError("No place of this document is open.")
    return citations if all_open else chosen(citations, places or ())


def _counted(citations: Sequence[CitingPlace]) -> str:
    count = len({each.key for each in citations})
    return f"{count} place{'s' if count != 1 else ''}"

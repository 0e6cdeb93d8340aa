"""Known gaps that a document may answer, at a terminal: which, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.answer_check import progressing
from bot.cli.console import say
from bot.cli.editions import account
from bot.cli.revisions import DocumentId
from bot.errors import UserFacingError
from bot.operations.content_folder import edited_content, open_drafts, open_editions
from bot.operations.state_folder import make_private
from bot.settings import Settings
from knowledge.editions import WaitingDraft

if TYPE_CHECKING:
    from bot.operations.compared_document import ComparedDocument
    from bot.operations.gap_places import GapPlace
    from bot.operations.touched_gaps import TouchedGaps

DECIDE = (
    "Decide about each with `principles content decide-gap`: --stays, --says with other words,"
    " --goes, or --assign-to somebody."
)
QUESTIONS_SHOWN = 5


def touched(
    settings: Settings, draft: WaitingDraft | None, folder: Path, document: str
) -> Iterator[str]:
    """Line by line, where the document has words that nobody knew. Raises ContentError."""
    from bot.operations.compared_document import compared_document
    from bot.operations.gap_places import gap_places

    compared = compared_document(open_editions(settings), draft, folder, document)
    if compared is None or not compared.new_words:
        return
    places = gap_places(compared, settings.data_dir, _asked(settings, draft, compared))
    yield ""
    if not places:
        yield "No known gap is like what is new in it."
        return
    yield f"Known gaps that it may answer, the likest first: {len(places)}"
    for place in places:
        yield from _told(place)
    yield ""
    yield DECIDE


def _asked(
    settings: Settings, draft: WaitingDraft | None, compared: ComparedDocument
) -> TouchedGaps:
    from bot.container import open_knowledge
    from bot.operations.previews import open_draft
    from bot.operations.touched_gaps import touched_gaps

    with progressing("Opening the live edition") as progress:
        side = open_knowledge(settings, progress)
    if draft:
        with progressing("Opening the draft") as progress:
            side = open_draft(settings, side, draft, compared.folder, progress)
    with progressing("Asking the known gaps") as progress:
        return touched_gaps(side, compared.new_words, progress)


def _told(place: GapPlace) -> Iterator[str]:
    from bot.operations.gap_places import GAP_STATES

    given = f", given to {place.assigned}" if place.assigned and place.is_to_do else ""
    yield ""
    yield f"{place.gap.id}: {place.gap.topic} ({GAP_STATES[place.state]}{given})"
    yield f"  It says: {place.gap.why_not}"
    for passage in place.passages:
        yield f"  {passage.id} ({passage.reference}): {passage.text}"
        led = place.touched.led_to(passage.id)
        for each in led[:QUESTIONS_SHOWN]:
            seems = "seems to be answered" if each.is_answered else "has it nearest"
            yield f"    “{each.question}” {seems}"
        if len(led) > QUESTIONS_SHOWN:
            yield f"    and {len(led) - QUESTIONS_SHOWN} more"


def decide_gap(
    document: DocumentId,
    gap: Annotated[str, typer.Argument(help="The gap's id, from `impact`.")],
    passage: Annotated[
        list[str] | None,
        typer.Option(help="A passage of the document that was looked at beside it; repeat it."),
    ] = None,
    stays: Annotated[
        bool, typer.Option("--stays", help="The document does not answer it.")
    ] = False,
    goes: Annotated[bool, typer.Option("--goes", help="The document answers it.")] = False,
    here: Annotated[
        bool,
        typer.Option("--only-here", help="With --goes: in the document's own area alone."),
    ] = False,
    says: Annotated[
        str | None, typer.Option(help="It says this instead, and stays: why it is not answered.")
    ] = None,
    assign_to: Annotated[str | None, typer.Option(help="Who is to decide about it.")] = None,
    as_role: Annotated[
        str, typer.Option("--as-role", help="In which role, such as 'policy officer'.")
    ] = "",
) -> None:
    """Decide about a known gap that a document may answer. It is kept in the draft."""
    from bot.operations.gap_places import (
        Decision,
        assign_gaps,
        decided,
        give_up,
        give_up_here,
        keep_gaps,
        reword_and_keep,
    )
    from knowledge.known_gaps import GapReply, read_gaps
    from knowledge.revision.review import Acceptance, Assignment

    settings = Settings.read()
    if sum((stays, goes, says is not None, assign_to is not None)) != 1:
        raise UserFacingError("Give one of --stays, --goes, --says and --assign-to.")
    if here and not goes:
        raise UserFacingError("--only-here goes with --goes.")
    kept = {gap: tuple(passage or ())}
    if not goes and not passage:
        raise UserFacingError("Name the passages that were looked at with --passage.")
    if (stays or says is not None) and not as_role:
        raise UserFacingError("Say in which role you decide, with --as-role.")
    _, folder = edited_content(settings)
    gaps, data = read_gaps(folder), settings.data_dir
    if gap not in gaps:
        raise UserFacingError(f"There is no known gap '{gap}'; `impact` shows their ids.")
    line = gaps[gap]

    def apply(content: Path) -> None:
        if goes and here:
            give_up_here(content, gap, document)
        elif goes:
            give_up(content, gap, {})
        elif assign_to is not None:
            given = Assignment(to=assign_to, by=account(), on=date.today())
            assign_gaps(content, data, document, kept, given)
        else:
            by = Acceptance(by=account(), role=as_role, on=date.today())
            if says is None:
                keep_gaps(content, data, document, kept, by)
            else:
                reply = GapReply(line.topic, says, line.ask, line.ask_by_name)
                reword_and_keep(content, data, document, kept, reply, by)

    goes_where: Decision = "goes_here" if here else "goes"
    decision: Decision = goes_where if goes else "given" if assign_to else "stays"
    decision = "reworded" if says is not None else decision
    what = decided(decision, [line.topic], f"document {document}", assign_to or "")
    make_private(settings.state_dir)
    open_drafts(settings).change(account(), what, apply)
    say(f"{what}. It waits in the draft; `principles content draft publish` publishes it.")

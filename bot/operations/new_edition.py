"""A new edition of a document in a draft, with all that it changes for whatever cites it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.operations.citations import CitationGraph
from bot.operations.content_check import checked_content
from bot.operations.impact import Impact, impact
from bot.operations.list_openings import follow
from bot.operations.yaml_edits import Edit
from knowledge.documents import read_stored
from knowledge.errors import Violation
from knowledge.importing import ImportedDocument
from knowledge.revision import NewFacts, Revision, revise
from knowledge.revision.open_places import sums_of, with_opened
from knowledge.revision.review import read_review, write_review


@dataclass(frozen=True)
class NewEdition:
    """`edits`: how lists in `relations.yaml` begin now. `slips`: all that stands in the way of
    answering from the content as it would be."""

    revision: Revision
    impact: Impact
    edits: tuple[Edit, ...]
    slips: tuple[Violation, ...]

    @property
    def may_be_published(self) -> bool:
        """Places that are to be checked stand in nobody's way: they stay open."""
        return not self.impact.broken and not self.slips


def revise_in(
    folder: Path,
    data: Path,
    document_id: str,
    file: Path,
    imported: ImportedDocument,
    given: NewFacts,
    today: date,
) -> NewEdition:
    """Puts the new edition into the draft in `folder`, and opens the places that are to be checked.

    `data` holds the flows, modules and notices that cite it. Raises ContentError.
    """
    revision = revise(folder, document_id, file, imported, given, today)
    edits = follow(folder, revision)
    found = impact(document_id, revision.changes, CitationGraph.read(folder, data))
    review = read_review(folder, document_id)
    sums = sums_of(read_stored(folder, document_id))
    opened = with_opened(review, found.places_to_check(), sums)
    if opened != review:
        write_review(folder, document_id, opened)
    return NewEdition(revision, found, edits, checked_content(folder, data).slips)


def told_apart(
    found: Iterable[Violation], before: Iterable[Violation]
) -> tuple[list[Violation], list[Violation]]:
    """The slips that a change has caused, and those that were there before. Lines may have moved,
    so a slip is known by its file and its words."""
    known = {(slip.place.file, slip.text) for slip in before}
    slips = list(found)
    caused = [slip for slip in slips if (slip.place.file, slip.text) not in known]
    return caused, [slip for slip in slips if slip not in caused]

"""A new edition of a document in a draft, with all that it changes for whatever cites it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from bot.operations.citation_edits import IN_LINES, cite_instead
from bot.operations.citations import CitationGraph
from bot.operations.content_check import checked_content
from bot.operations.impact import GO_WITH_THE_PASSAGE, Impact, impact
from bot.operations.list_openings import follow
from bot.operations.own_words import named_in, naming, old_names
from bot.operations.yaml_edits import Edit
from knowledge.documents import DOCUMENTS, Document, read_document_of, read_stored
from knowledge.editions import Editions
from knowledge.errors import Violation
from knowledge.importing import ImportedDocument
from knowledge.revision import CitingPlace, NewFacts, Revision, compared, join, part, revise
from knowledge.revision.open_places import sums_of, with_opened, without_decision
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
    graph = CitationGraph.read(folder, data)
    found = impact(document_id, revision.changes, graph)
    beside, named = _of_the_whole(folder, data, revision.before, revision.after, graph)
    found = replace(found, beside=beside, named=named)
    _open(folder, document_id, found)
    return NewEdition(revision, found, edits, checked_content(folder, data).slips)


def renamed(folder: Path, data: Path, before: Document) -> tuple[CitingPlace, ...]:
    """Opens, in the draft in `folder`, what names the document by its version, title, publisher or
    year of before, where these are others now, and what stands beside all of it. Gives these.

    Raises ContentError.
    """
    after = read_document_of(folder, before.id)
    graph = CitationGraph.read(folder, data)
    beside, named = _of_the_whole(folder, data, before, after, graph)
    found = Impact(beside=beside, named=named)
    _open(folder, before.id, found)
    return tuple(found.places_to_check())


def _of_the_whole(
    folder: Path, data: Path, before: Document, after: Document, graph: CitationGraph
) -> tuple[tuple[CitingPlace, ...], tuple[CitingPlace, ...]]:
    """What of an impact is known by the whole document: `beside` and `named`."""
    if not (old := old_names(before, after)) and before.text == after.text:
        return (), ()
    whole = [each for each in graph.of(after.id) if each.kind != "named"]
    dated = {each.key for each in whole if named_in(each.text, old, before)}
    there = {each.key for each in whole}
    named = [each for each in naming(folder, data, before, after) if _notice(each) not in there]
    return (
        tuple(each for each in whole if each.key not in dated),
        (*(each for each in whole if each.key in dated), *named),
    )


def _notice(words: CitingPlace) -> str:
    """The key by which a notice cites, of the words of one."""
    return "/".join(words.key.split("/")[1:3])


def put_original(editions: Editions, made_from: str, folder: Path, document_id: str) -> None:
    """The file that the document came from, for a draft that holds none: by it a new edition is
    told from the old one best. Where it is not that of the document in `folder`, nothing is put.

    Raises ContentError.
    """
    original = read_document_of(folder, document_id).original
    if original is None:
        return
    with editions.copy(made_from) as whole:
        file = whole / DOCUMENTS / document_id / original.name
        if file.is_file() and sha256(file.read_bytes()).hexdigest() == original.sha256:
            shutil.copyfile(file, folder / DOCUMENTS / document_id / original.name)


def not_the_same(folder: Path, data: Path, before: Path, document_id: str, passage_id: str) -> None:
    """In the draft in `folder`, the passage is not the one of the old edition, in `before`.

    Raises ContentError.
    """
    part(folder, before, document_id, passage_id)
    _look_again(folder, data, before, document_id)


def goes_on_with(
    folder: Path, data: Path, before: Path, document_id: str, passage_id: str, old_id: str
) -> None:
    """In the draft, the new passage goes on with the removed one. What cites it already goes along.

    Raises ContentError.
    """
    graph = CitationGraph.read(folder, data)
    join(folder, before, document_id, passage_id, old_id)
    # `join` has renamed it in questions and topics.
    left_out = GO_WITH_THE_PASSAGE | IN_LINES
    if keys := {each.key for each in graph.of(passage_id) if each.kind not in left_out}:
        cite_instead(graph, keys, passage_id, old_id)
    _look_again(folder, data, before, document_id)


def _look_again(folder: Path, data: Path, before: Path, document_id: str) -> None:
    stored = read_stored(before, document_id), read_stored(folder, document_id)
    found = impact(document_id, compared(*stored), CitationGraph.read(folder, data))
    _open(folder, document_id, found)


def _open(folder: Path, document_id: str, found: Impact) -> None:
    review = without_decision(read_review(folder, document_id), found.named)
    sums = sums_of(read_stored(folder, document_id))
    opened = with_opened(review, found.places_to_check(), sums)
    if opened != read_review(folder, document_id):
        write_review(folder, document_id, opened)


def told_apart(
    found: Iterable[Violation], before: Iterable[Violation]
) -> tuple[list[Violation], list[Violation]]:
    """The slips that a change has caused, and those that were there before. Lines may have moved,
    so a slip is known by its file and its words."""
    known = {(slip.place.file, slip.text) for slip in before}
    slips = list(found)
    caused = [slip for slip in slips if (slip.place.file, slip.text) not in known]
    return caused, [slip for slip in slips if slip not in caused]

"""Puts right which passage of a new edition goes on with which of the old one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.documents import Passage, PassageEntry, read_stored
from knowledge.errors import ContentError, Location
from knowledge.importing import ProposedPassage
from knowledge.importing.outline import label_of
from knowledge.passage_questions import questions_of, rename_passage, write_questions
from knowledge.recutting import Cut
from knowledge.revision.identity import new_id
from knowledge.revision.revising import kept_label

BY_PLACE = "¶"
"""Begins the reference of a passage that has no number of its own."""


def part(content: Path, before: Path, document_id: str, passage_id: str) -> str:
    """The passage is not the one that had its id before: that one is removed, and this one is new.

    `before`: the content with the old edition. The written questions were asked of the old passage
    and go with it, as does what people called it. Gives the new id. Raises ContentError.
    """
    old = _old(before, document_id, passage_id)
    cut = Cut.read(content, document_id)
    place = cut.place(passage_id)
    passage = cut.passages[place]
    taken = {*(each.id for each in cut.passages), *cut.entry.retired_passages}
    new = new_id(document_id, _as_proposed(passage), place + 1, taken)
    named = {
        "id": new,
        "label": label_of(passage.text) if passage.label == old.label else passage.label,
        "flags": (),
    }
    retired = (*cut.entry.retired_passages, passage_id)
    _write(cut, place, passage.model_copy(update=named), retired)
    write_questions(content, passage_id, ())
    return new


def join(content: Path, before: Path, document_id: str, passage_id: str, old_id: str) -> None:
    """The new passage goes on with a removed one, and gets its id and its written questions.

    Raises ContentError where the passage is not new, or the other is still there.
    """
    old = _old(before, document_id, old_id)
    cut = Cut.read(content, document_id)
    place = cut.place(passage_id)
    if any(each.id == old_id for each in cut.passages):
        raise _refused(f"{old.reference} goes on in another passage already. Part them first")
    if any(each.id == passage_id for each in read_stored(before, document_id).passages):
        raise _refused("this passage goes on with another one already. Part them first")
    passage = cut.passages[place]
    kept = {
        "id": old_id,
        "label": kept_label(old, passage.label),
        "kind": old.kind,
        "flags": tuple(sorted(old.flags)),
    }
    retired = tuple(each for each in cut.entry.retired_passages if each != old_id)
    _write(cut, place, passage.model_copy(update=kept), retired)
    rename_passage(content, passage_id, old_id)
    asked = (*questions_of(before, old_id), *questions_of(content, old_id))
    write_questions(content, old_id, list(dict.fromkeys(asked)))


def _write(cut: Cut, place: int, passage: PassageEntry, retired: Sequence[str]) -> None:
    entry = cut.entry.model_copy(update={"retired_passages": tuple(retired)})
    passages = (*cut.passages[:place], passage, *cut.passages[place + 1 :])
    Cut(cut.folder, entry, cut.text, passages).write()


def _old(before: Path, document_id: str, passage_id: str) -> Passage:
    for each in read_stored(before, document_id).passages:
        if each.id == passage_id:
            return each
    raise _refused(f"the old edition has no passage '{passage_id}'. Look at the page again")


def _as_proposed(passage: PassageEntry) -> ProposedPassage:
    by_place = passage.reference.startswith(BY_PLACE)
    return ProposedPassage(
        number=None if by_place else passage.reference,
        label=passage.label,
        text=passage.text,
        lines=passage.lines,
        heading=passage.heading,
        lead_in=passage.lead_in,
        kind="paragraph",
    )


def _refused(problem: str) -> ContentError:
    return ContentError.at(Location("the new edition"), problem)

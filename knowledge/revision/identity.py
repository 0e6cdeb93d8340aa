"""The ids of passages. They outlive renumbering, and none is ever given to other words."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.importing import ProposedPassage
from knowledge.intake import anchor_of, unused
from knowledge.revision.change import PassageChange
from knowledge.revision.wording import nearest_heading, words

DIGITS = 6
"""Of the sum of its words in the id of a new passage: two passages of one number would agree in
them by chance once in 16 million times (16 to the power of 6)."""


def with_ids(
    changes: Sequence[PassageChange], document_id: str, taken: Collection[str]
) -> tuple[PassageChange, ...]:
    """Gives each new passage an id: its number or place, and a sum of its words.

    By the sum it has no id that other words had in an edition that is no longer live, also where
    the content went back to one from before that. `taken`: the ids of the passages that this
    document has and has had.
    """
    ids = set(taken)
    found: list[PassageChange] = []
    place = 0
    for change in changes:
        place += change.after is not None
        if change.after is None or change.id is not None:
            found.append(change)
            continue
        new = new_id(document_id, change.after, place, ids)
        ids.add(new)
        found.append(replace(change, id=new))
    return tuple(found)


def new_id(document_id: str, passage: ProposedPassage, place: int, taken: Collection[str]) -> str:
    """`place`: of the passage among the others, from 1."""
    return unused(f"{document_id}.{anchor_of(passage, place)}-{_sum(passage)}", taken)


def _sum(passage: ProposedPassage) -> str:
    said = (words(passage.text), words(passage.lead_in), nearest_heading(passage.heading))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:DIGITS]

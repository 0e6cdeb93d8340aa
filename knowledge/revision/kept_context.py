"""Keeps the headings and lead-ins that people gave, where a new edition has not changed them.

Like is compared with like: what the import finds around a passage in the old edition and in the new
one. Where both are the same, a person's own heading or lead-in stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.documents import Passage
from knowledge.importing import ImportedDocument, ProposedPassage
from knowledge.revision.new_text import as_it_says
from knowledge.revision.wording import Words, nearest_heading, own_words, words

InContext = tuple[Words, Words, Words]
"""The words of a passage, of its heading and of its lead-in."""


def with_kept_context(
    old: Sequence[Passage], earlier: ImportedDocument, imported: ImportedDocument
) -> ImportedDocument:
    """The new edition. `earlier`: what the import makes of the old one."""
    given = _Given.of(old, earlier)
    return replace(
        imported, passages=tuple(given.to(each, imported.text) for each in imported.passages)
    )


@dataclass(frozen=True)
class _Given:
    """What people gave: by passage, and by heading where all passages under it have the same."""

    passages: Mapping[InContext, Passage]
    headings: Mapping[Words, str | None]

    @classmethod
    def of(cls, old: Sequence[Passage], earlier: ImportedDocument) -> _Given:
        passages: dict[InContext, Passage] = {}
        headings: defaultdict[Words, set[str | None]] = defaultdict(set)
        for proposed, passage in _same_words(earlier.passages, old):
            passages.setdefault(_in_context(proposed), passage)
            headings[nearest_heading(proposed.heading)].add(passage.heading)
        agreed = {heading: next(iter(them)) for heading, them in headings.items() if len(them) == 1}
        return cls(passages, agreed)

    def to(self, passage: ProposedPassage, text: str) -> ProposedPassage:
        before = self.passages.get(_in_context(passage))
        if before is None:
            heading = self.headings.get(nearest_heading(passage.heading), passage.heading)
            return replace(passage, heading=_kept_heading(heading, passage.heading))
        return replace(
            passage,
            heading=_kept_heading(before.heading, passage.heading),
            lead_in=_kept_lead_in(before.lead_in, passage.lead_in, text),
        )


def _same_words(
    proposed: Sequence[ProposedPassage], old: Sequence[Passage]
) -> Iterator[tuple[ProposedPassage, Passage]]:
    """The first with the first, where several have the same words."""
    waiting: defaultdict[Words, list[Passage]] = defaultdict(list)
    for passage in old:
        waiting[own_words(passage.text, passage.reference)].append(passage)
    for each in proposed:
        if same := waiting[own_words(each.text, each.reference)]:
            yield each, same.pop(0)


def _in_context(passage: ProposedPassage) -> InContext:
    said = own_words(passage.text, passage.reference)
    return said, nearest_heading(passage.heading), words(passage.lead_in)


def _kept_heading(before: str | None, now: str | None) -> str | None:
    """The new one where the words are the same: its number follows the new text."""
    return now if nearest_heading(before) == nearest_heading(now) else before


def _kept_lead_in(before: str | None, now: str | None, text: str) -> str | None:
    """The new one, too, where the words of the old one no longer stand in the text."""
    if words(before) == words(now):
        return now
    return as_it_says(text, words(before)) or now if before else None

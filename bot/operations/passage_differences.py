"""What a document's passages have become, as a person would count it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.operations.sides import Sides
from knowledge.documents import Document, Passage, PassageEntry, StoredDocument
from knowledge.gold import one_space
from knowledge.revision import PassageChange, compared
from knowledge.revision.wording import without_number

Became = Literal["words", "heading", "lead-in", "new", "removed", "elsewhere", "signs", "name"]
NAMED = 20
"""Passages that readers are told of by their numbers; of a kind with more the rest is counted."""
COUNTED: Mapping[Became, str] = {
    "words": "with other words",
    "heading": "under another heading",
    "lead-in": "with another lead-in",
    "new": "new",
    "removed": "removed",
    "elsewhere": "in another place or with another number",
    "signs": "with other signs or spaces",
    "name": "with another name",
}
TOLD: Mapping[Became, str] = {
    "words": "Other words",
    "heading": "The same words under another heading",
    "lead-in": "The same words with another lead-in",
    "new": "New",
    "removed": "No longer quoted",
    "elsewhere": "The same words in another place or with another number",
    "signs": "The same words with other punctuation or spaces",
}
"""A name is for those who edit."""
NEW_WORDS: frozenset[Became] = frozenset({"words", "lead-in", "new"})


@dataclass(frozen=True)
class PassageDifference:
    """`before` and `after`: as it is referred to on either side; empty where it is not there."""

    became: Became
    before: str
    after: str
    change: PassageChange

    @cached_property
    def sides(self) -> Sides:
        """It on either side, word for word, with the words that differ."""
        return Sides.of(self.change)

    @property
    def called(self) -> str:
        if self.before and self.after and self.before != self.after:
            return f"{self.before}, now {self.after}"
        return self.after or self.before

    @property
    def said(self) -> str:
        match self.became:
            case "new":
                return f"{self.after} is new."
            case "removed":
                return f"{self.before} is removed."
            case "words":
                return f"{self.called}{self._comma} has other words."
            case "heading" | "lead-in":
                verb = "stands under" if self.became == "heading" else "has"
                return f"{self.called}{self._comma} {verb} another {self.became}."
            case "elsewhere" if self.before != self.after:
                return f"{self.before} is {self.after} now, in the same words."
            case "elsewhere":
                return f"{self.after} stands elsewhere, in the same words."
            case "signs":
                return f"{self.called}{self._comma} has the same words, with other signs or spaces."
        return f"{self.after} is named otherwise."

    @property
    def _comma(self) -> str:
        return "," if ", now " in self.called else ""


@dataclass(frozen=True)
class PassageDifferences:
    """In the order of the new state; what is removed stands where it was. A passage that only
    stands in other lines, or whose text no longer begins with its own number, is none of them."""

    found: tuple[PassageDifference, ...]

    @classmethod
    def of(
        cls, document_id: str, before: Sequence[PassageEntry], after: Sequence[PassageEntry]
    ) -> PassageDifferences:
        changes = compared(_stored(document_id, before), _stored(document_id, after))
        old, new = ({each.id: each for each in side} for side in (before, after))
        return cls(
            tuple(
                PassageDifference(
                    became, was.reference if was else "", now.reference if now else "", change
                )
                for change in changes
                for was, now in [(old.get(change.id or ""), new.get(change.id or ""))]
                if (became := _became(change, was, now))
            )
        )

    @property
    def counted(self) -> str:
        """How many of each kind, in words; empty where there is none."""
        parts = [f"{len(each)} {how}" for kind, how in COUNTED.items() if (each := self._of(kind))]
        return f"Passages: {', '.join(parts)}." if parts else ""

    @property
    def reworded(self) -> tuple[PassageDifference, ...]:
        """Those that say something new."""
        return tuple(each for each in self.found if each.became in NEW_WORDS)

    def said(self) -> Iterator[str]:
        """To those who edit, one by one."""
        return (each.said for each in self.found)

    def told(self) -> Iterator[str]:
        """To those who read, by kind."""
        for kind, how in TOLD.items():
            if each := self._of(kind):
                yield f"{how}: {_listed([one.called for one in each])}."

    def _of(self, kind: Became) -> list[PassageDifference]:
        return [each for each in self.found if each.became == kind]


def _became(
    change: PassageChange, was: PassageEntry | None, now: PassageEntry | None
) -> Became | None:
    match change.kind:
        case "new" | "removed":
            return change.kind
        case "changed":
            return "words" if change.words else change.context[0].what
        case "moved":
            return "elsewhere"
    if was is None or now is None:
        return None
    if _plain(was) != _plain(now):
        return "signs"
    return "name" if was.label != now.label else None


def _plain(passage: PassageEntry) -> tuple[str, str]:
    return one_space(without_number(passage.text, passage.reference)), one_space(
        passage.lead_in or ""
    )


def _stored(document_id: str, passages: Sequence[PassageEntry]) -> StoredDocument:
    """As far as passages are compared: a draft may hold what cannot be read as a whole."""
    return StoredDocument(
        Document(document_id, "", "", "", None, "", None, "", ""),
        tuple(
            Passage(
                id=each.id,
                document_id=document_id,
                reference=each.reference,
                label=each.label,
                text=each.text,
                start=0,
                end=0,
                kind=each.kind,
                heading=each.heading,
                lead_in=each.lead_in,
            )
            for each in passages
        ),
    )


def _listed(names: Sequence[str]) -> str:
    """With semicolons where a name has a comma of its own."""
    first, more = names[:NAMED], len(names) - NAMED
    said = ("; " if any("," in each for each in first) else ", ").join(first)
    return f"{said}, and {more} more" if more > 0 else said

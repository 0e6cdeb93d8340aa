"""What the draft and an edition that was published meanwhile both changed, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.operations.difference import ContentDifference, Titles
from bot.operations.differences import differences
from bot.operations.document_differences import NOTED
from knowledge.documents import DOCUMENTS, REVIEW, document_folders
from knowledge.editions import ClashFolders, Drafts
from knowledge.editions.contents import content_of
from knowledge.editions.entries import entries_of
from knowledge.errors import ContentError
from knowledge.revision.review import PlaceReview, read_review

SAYS_TOO_LITTLE = {"Changed.", "New.", NOTED}
"""What the entry says is told instead, and of what people have looked at who did what."""
AS_BEFORE = "As it was before."


@dataclass(frozen=True)
class ToldClash:
    """`name`: in `Drafts.catch_up`. `draft` and `published`: what each side makes of it."""

    name: str
    title: str
    draft: tuple[str, ...]
    published: tuple[str, ...]


def told_clashes(drafts: Drafts, titles: Titles) -> tuple[ToldClash, ...]:
    """`titles`: of the documents. Raises ContentError."""
    with drafts.clashes() as found:
        return tuple(_told(each, titles) for each in found)


def _told(clash: ClashFolders, titles: Titles) -> ToldClash:
    sides = clash.draft, clash.published
    found = [_differences(clash.before, side, titles) for side in sides]
    title = next((each.title for side in found for each in side), "Something else")
    said = [tuple(line for each in side for line in each.said) for side in found]
    is_enough = said[0] != said[1] and not any(set(each) <= SAYS_TOO_LITTLE for each in said)
    if not is_enough:
        read = _reads(clash, *sides), _reads(clash, *reversed(sides))
        said = [tuple(words) or line for words, line in zip(read, said, strict=True)]
    return ToldClash(clash.name, title, *(each or (AS_BEFORE,) for each in said))


def _differences(before: Path, after: Path, titles: Titles) -> list[ContentDifference]:
    try:
        return differences(before, after, titles)
    except ContentError:
        return []


def _reads(clash: ClashFolders, side: Path, other: Path) -> list[str]:
    """The words of the entry that the other side does not have; of what people have looked at, who
    did what."""
    entry = clash.name.partition("#")[2]
    if clash.name.startswith(f"{DOCUMENTS}/") and f"/{REVIEW}#" in clash.name:
        places = [each for each in _places(side) if entry.endswith(f"{each.place}+{each.cited}")]
        return list(map(_looked_at, places))
    mine, others = (list(_leaves(_entry(each, entry))) for each in (side, other))
    words = [each for each in mine if each not in others] or mine
    return [f"It says: “{' '.join(' '.join(words).split())}”"] if words else []


def _entry(side: Path, name: str) -> Any:
    """None where whole files are chosen of, which may be broken."""
    for path in content_of(side) if name else ():
        found = entries_of(path, (side / path).read_text("utf-8")) or {}
        if name in found:
            return yaml.safe_load(found[name])
    return None


def _places(side: Path) -> Iterator[PlaceReview]:
    for each in document_folders(side):
        yield from read_review(side, each.name).places


def _looked_at(place: PlaceReview) -> str:
    if place.accepted:
        by = place.accepted
        return f"Accepted by {by.by} ({by.role}), {by.on:%-d %B %Y}."
    if place.assigned:
        return f"Given to {place.assigned.to} by {place.assigned.by}."
    return "Nobody has looked at it."


def _leaves(value: Any) -> Iterator[str]:
    """The words in it, without those that name things."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str) and " " in value:
        yield value

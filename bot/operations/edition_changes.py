"""What an edition changed in the one before it, in plain words. Known once, it stays known."""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import dropwhile

from bot.operations.difference import ContentDifference
from bot.operations.differences import differences
from knowledge.editions import Editions
from knowledge.library import Library

EDITIONS_KEPT = 500
"""A partnership that publishes every week has fewer in nine years; each takes a few kilobytes, and
one with a new edition of a document its words twice."""

Titles = tuple[tuple[str, str], ...]
"""Of documents, each with its id."""


def titles_of(library: Library) -> Titles:
    return tuple((each.id, each.title) for each in library.documents.values())


@lru_cache(EDITIONS_KEPT)
def edition_changes(
    editions: Editions, edition_id: str, titles: Titles
) -> tuple[ContentDifference, ...]:
    """`titles`: of the documents that are answered from now. Raises ContentError."""
    with editions.sides(edition_id) as (before, after):
        once = partial(_was_there, editions, edition_id)
        return tuple(differences(before, after, dict(titles), once))


def _was_there(editions: Editions, edition_id: str, document_id: str) -> bool:
    """Whether an edition before it changed the document: of one that is new in it, took it out."""
    _, *earlier = dropwhile(lambda each: each.id != edition_id, editions.history())
    return any(
        file.document == document_id for each in earlier for file in editions.changed_files(each.id)
    )

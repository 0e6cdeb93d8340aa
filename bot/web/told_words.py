"""Which words of an earlier change are shown to those who read: what is quoted now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.operations.difference import ContentDifference
from bot.operations.passage_differences import PassageDifference
from bot.operations.sides import Sides
from knowledge.documents import Document
from knowledge.library import Library
from knowledge.revision.wording import words

SHOWN = 100
"""Passages of one document: as many as a page holds that a telephone opens."""
TELLING = 2
"""Words of a line that is not quotable: fewer, such as a page's number, stand anywhere."""


@dataclass(frozen=True)
class ToldDifference:
    """`rows`: of a document, what its passages said before and say since. `withheld`: there were
    others, which are no longer quoted. `more`: so many are too many to show."""

    difference: ContentDifference
    rows: tuple[Sides, ...] = ()
    withheld: bool = False
    more: int = 0

    @classmethod
    def of(cls, difference: ContentDifference, library: Library) -> ToldDifference:
        document = library.documents.get(difference.id)
        lines = list(_withheld_lines(document)) if document and difference.reworded else []
        may = [each for each in difference.reworded if _is_quotable(each, library, lines)]
        return cls(
            difference,
            tuple(each.sides for each in islice(may, SHOWN)),
            len(may) < len(difference.reworded),
            max(0, len(may) - SHOWN),
        )


def _is_quotable(passage: PassageDifference, library: Library, withheld: list[str]) -> bool:
    """Whether it is quoted now, and neither side has words that are not."""
    change = passage.change
    if change.id not in library.passages:
        return False
    texts = [
        _in_a_row(said)
        for each in (change.before, change.after)
        if each
        for said in (each.text, each.lead_in or "")
    ]
    return not any(line in text for line in withheld for text in texts)


def _withheld_lines(document: Document) -> Iterator[str]:
    lines = document.text.split("\n")
    for note in document.not_quoted:
        first, last = note.lines
        for line in lines[first - 1 : last]:
            if len(words(line)) >= TELLING:
                yield _in_a_row(line)


def _in_a_row(text: str) -> str:
    return f" {' '.join(words(text))} "

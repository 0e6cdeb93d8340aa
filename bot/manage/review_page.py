"""A document beside its passages, in pages that a person can read through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.manage.review_rows import ReviewLine, ReviewRow, RowKind, rows_of
from knowledge.documents import PassageEntry
from knowledge.importing.people import people_in_text
from knowledge.recutting import Cut

PASSAGES_A_PAGE = 40


@dataclass(frozen=True)
class Stretch:
    """Lines that no passage holds; `page` shows them."""

    first: int
    last: int
    page: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class ReviewSection:
    """A heading, by its line, and the passages below it and below the headings within it. `line` is
    0 and `heading` empty for what stands before the first heading."""

    line: int
    heading: str
    passages: tuple[PassageEntry, ...]


@dataclass(frozen=True)
class SideBySide:
    """The whole document in pages of rows. `loose`: what is in no passage and not withheld."""

    cut: Cut
    pages: tuple[tuple[ReviewRow, ...], ...]
    loose: tuple[Stretch, ...]
    withheld: tuple[Stretch, ...]
    people: tuple[tuple[str, Stretch], ...]
    headings: tuple[tuple[ReviewLine, int], ...]

    @property
    def loose_lines(self) -> int:
        return sum(each.count for each in self.loose)

    @cached_property
    def sections(self) -> tuple[ReviewSection, ...]:
        """In the order of the text; those without a passage are left out."""
        return tuple(each for each in _sections(self) if each.passages)

    def place_of(self, line: int) -> tuple[int, str]:
        """The page, from 1, and the anchor of the row that the line stands in, or the one before
        it."""
        place = (1, "main")
        for number, rows in enumerate(self.pages, start=1):
            for row in rows:
                if row.first <= line:
                    place = (number, f"line-{row.first}")
        return place


def _sections(review: SideBySide) -> Iterator[ReviewSection]:
    """Below the title of the document stands all of it: its section ends at the next heading."""
    headings = [line for line, _ in review.headings]
    end = len(review.cut.lines) + 1
    yield ReviewSection(0, "", _within(review.cut, 1, headings[0].number if headings else end))
    for at, heading in enumerate(headings, start=1):
        further = headings[at:]
        after = (each.number for each in further if each.level <= heading.level)
        found = _within(review.cut, heading.number, next(after, end))
        if further and len(found) == len(review.cut.passages):
            found = _within(review.cut, heading.number, further[0].number)
        yield ReviewSection(heading.number, heading.text.strip().strip("#").strip(), found)


def _within(cut: Cut, first: int, until: int) -> tuple[PassageEntry, ...]:
    return tuple(each for each in cut.passages if first <= each.lines[0] < until)


def review_of(cut: Cut) -> SideBySide:
    rows = list(rows_of(cut))
    pages = tuple(_pages(rows))
    placed = [(number, row) for number, page in enumerate(pages, start=1) for row in page]

    def stretches(kind: RowKind) -> tuple[Stretch, ...]:
        return tuple(Stretch(r.first, r.last, page) for page, r in placed if r.kind == kind)

    return SideBySide(
        cut,
        pages,
        stretches("loose"),
        stretches("withheld"),
        tuple(_people(cut, placed)),
        tuple((row.lines[0], page) for page, row in placed if row.kind == "heading"),
    )


def _pages(rows: Sequence[ReviewRow]) -> Iterator[tuple[ReviewRow, ...]]:
    """At most so many passages a page, and no heading at the end of one."""
    page: list[ReviewRow] = []
    passages = 0
    for row in rows:
        size = max(1, len(row.passages))
        if page and passages + size > PASSAGES_A_PAGE:
            over = [page.pop()] if page[-1].kind == "heading" and len(page) > 1 else []
            yield tuple(page)
            page, passages = over, 0
        page.append(row)
        passages += size
    yield tuple(page)


def _people(cut: Cut, placed: Sequence[tuple[int, ReviewRow]]) -> Iterator[tuple[str, Stretch]]:
    """Each name with the first lines that it stands in."""
    for name in people_in_text(cut.lines):
        for page, row in placed:
            if any(name in line.text for line in row.lines):
                yield name, Stretch(row.first, row.last, page)
                break

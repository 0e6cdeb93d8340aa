"""A document beside its passages, line by line, as pages that a person can read through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.documents import PassageEntry
from knowledge.importing.people import people_in_text
from knowledge.recutting import Cut, cut_points

PASSAGES_A_PAGE = 40
OPENING_WORDS = 9

RowKind = Literal["heading", "passages", "withheld", "loose"]


@dataclass(frozen=True)
class ReviewLine:
    number: int
    text: str
    level: int = 0
    """Of a heading, from 1; 0 for any other line."""


@dataclass(frozen=True)
class SplitPoint:
    at: int
    words: str
    """What the second part would begin with."""


@dataclass(frozen=True)
class ReviewPassage:
    """`follower` is the passage after it, into which it may be merged."""

    entry: PassageEntry
    points: tuple[SplitPoint, ...]
    follower: PassageEntry | None

    @property
    def anchor(self) -> str:
        return f"passage-{self.entry.id}"


@dataclass(frozen=True)
class ReviewRow:
    """Lines that belong together, and what is made of them. `why`: why they are not quotable."""

    kind: RowKind
    lines: tuple[ReviewLine, ...]
    passages: tuple[ReviewPassage, ...] = ()
    why: str | None = None

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number


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
class Review:
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

    def page_of(self, passage_id: str) -> int:
        """Counted from 1; the first where there is no such passage."""
        for number, rows in enumerate(self.pages, start=1):
            if any(p.entry.id == passage_id for row in rows for p in row.passages):
                return number
        return 1


def review_of(cut: Cut) -> Review:
    rows = list(_rows(cut))
    pages = tuple(_pages(rows))
    placed = [(number, row) for number, page in enumerate(pages, start=1) for row in page]

    def stretches(kind: RowKind) -> tuple[Stretch, ...]:
        return tuple(Stretch(r.first, r.last, page) for page, r in placed if r.kind == kind)

    return Review(
        cut,
        pages,
        stretches("loose"),
        stretches("withheld"),
        tuple(_people(cut, placed)),
        tuple((row.lines[0], page) for page, row in placed if row.kind == "heading"),
    )


def _rows(cut: Cut) -> Iterator[ReviewRow]:
    """In the order of the text. Lines without words are left out between rows."""
    held = _held(cut)
    why = {n: note.why for note in cut.entry.not_quoted for n in range(*_range(note.lines))}
    levels = _levels(cut)
    passages = _passages(cut)
    number, last = 1, len(cut.lines)
    while number <= last:
        if number in held:
            end = held[number]
            inside = [p for p in passages if number <= p.entry.lines[0] <= end]
            yield ReviewRow("passages", _lines(cut, number, end, levels), tuple(inside), why.get(number))
            number = end + 1
            continue
        if not cut.lines[number - 1].strip():
            number += 1
            continue
        kind = _kind(number, why, levels)
        end = number
        while end < last and kind != "heading" and _goes_on(cut, end + 1, kind, number, held, why, levels):
            end += 1
        while not cut.lines[end - 1].strip():
            end -= 1
        yield ReviewRow(kind, _lines(cut, number, end, levels), (), why.get(number))
        number = end + 1


def _goes_on(
    cut: Cut,
    number: int,
    kind: RowKind,
    first: int,
    held: dict[int, int],
    why: dict[int, str],
    levels: dict[int, int],
) -> bool:
    if number in held:
        return False
    if not cut.lines[number - 1].strip():
        return True
    return _kind(number, why, levels) == kind and why.get(number) == why.get(first)


def _kind(number: int, why: dict[int, str], levels: dict[int, int]) -> RowKind:
    if number in why:
        return "withheld"
    return "heading" if number in levels else "loose"


def _range(lines: tuple[int, int]) -> tuple[int, int]:
    return lines[0], lines[1] + 1


def _held(cut: Cut) -> dict[int, int]:
    """Of each line that begins a stretch which passages hold, the last line of the stretch."""
    ends: dict[int, int] = {}
    first = last = 0
    for start, end in sorted(each.lines for each in cut.passages):
        if start > last:
            first = start
        last = max(last, end)
        ends[first] = last
    return ends


def _levels(cut: Cut) -> dict[int, int]:
    """Of each line that is a heading. A document that was not imported has them in its passages."""
    if cut.entry.headings:
        return {each.line: each.level for each in cut.entry.headings}
    named = tuple({each.heading for each in cut.passages if each.heading})
    return {
        number: 2
        for number, line in enumerate(cut.lines, start=1)
        if named and line.strip() and line.strip().endswith(named)
    }


def _lines(cut: Cut, first: int, last: int, levels: dict[int, int]) -> tuple[ReviewLine, ...]:
    return tuple(
        ReviewLine(n, cut.lines[n - 1].rstrip("\r\n"), levels.get(n, 0))
        for n in range(first, last + 1)
    )


def _passages(cut: Cut) -> list[ReviewPassage]:
    followers = (*cut.passages[1:], None)
    return [
        ReviewPassage(each, tuple(_points(each.text)), follower)
        for each, follower in zip(cut.passages, followers, strict=True)
    ]


def _points(text: str) -> Iterator[SplitPoint]:
    for at in cut_points(text):
        words = text[at:].split(maxsplit=OPENING_WORDS)[:OPENING_WORDS]
        yield SplitPoint(at, " ".join(words))


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


def _people(
    cut: Cut, placed: Sequence[tuple[int, ReviewRow]]
) -> Iterator[tuple[str, Stretch]]:
    """Each name with the first lines that it stands in."""
    for name in people_in_text(cut.lines):
        for page, row in placed:
            if any(name in line.text for line in row.lines):
                yield name, Stretch(row.first, row.last, page)
                break

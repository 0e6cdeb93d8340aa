"""Where each line and each passage of a document is shown."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.manage.review_page import PASSAGES_A_PAGE, review_of
from knowledge.documents import DocumentEntry, HeadingLine, NotQuoted, PassageEntry
from knowledge.recutting import Cut

KINDS = st.lists(st.sampled_from("hpwlb"), max_size=120).map(lambda kinds: [*kinds, "p"])
"""Lines: a heading, a passage, withheld, loose or blank. No document is without a passage."""


def cut_of(kinds: list[str]) -> Cut:
    lines = [f"Line {n} of it." if kind != "b" else "" for n, kind in enumerate(kinds, start=1)]
    numbers = {kind: [n for n, k in enumerate(kinds, start=1) if k == kind] for kind in "hpw"}
    entry = DocumentEntry(
        title="A title",
        publisher="P",
        certainty="C",
        area=None,
        version="v",
        year=None,
        sha256="0" * 64,
        # One that is no line of it: so that headings are never guessed.
        headings=tuple(HeadingLine(line=n, level=2) for n in (*numbers["h"], 10_000)),
        not_quoted=tuple(NotQuoted(lines=(n, n), why="old") for n in numbers["w"]),
    )
    passages = tuple(
        PassageEntry(
            id=f"1.{n}", reference=str(n), label="L", lines=(n, n), kind="p", text=lines[n - 1]
        )
        for n in numbers["p"]
    )
    return Cut(Path("1"), entry, "".join(f"{line}\n" for line in lines), passages)


@given(kinds=KINDS)
def test_every_line_with_words_is_shown_once_and_every_passage_beside_its_line(
    kinds: list[str],
) -> None:
    review = review_of(cut_of(kinds))
    rows = [row for page in review.pages for row in page]
    shown = [line.number for row in rows for line in row.lines]
    assert shown == [n for n, kind in enumerate(kinds, start=1) if kind != "b"]
    for row in rows:
        for passage in row.passages:
            assert row.first <= passage.entry.lines[0] <= row.last
    assert sum(len(row.passages) for row in rows) == kinds.count("p")
    loose = {n for each in review.loose for n in range(each.first, each.last + 1)}
    assert {n for n, kind in enumerate(kinds, start=1) if kind == "l"} <= loose
    for kind in "hpw":
        assert not loose & {n for n, each in enumerate(kinds, start=1) if each == kind}


@given(kinds=KINDS)
def test_pages_are_short_and_no_heading_ends_one(kinds: list[str]) -> None:
    review = review_of(cut_of(kinds))
    for page, _ in pairwise(review.pages):
        assert sum(max(1, len(row.passages)) for row in page) <= PASSAGES_A_PAGE + 1
        assert page[-1].kind != "heading" or all(row.kind == "heading" for row in page[-2:])
    for number, page in enumerate(review.pages, start=1):
        for row in page:
            assert review.place_of(row.last) == (number, f"line-{row.first}")


def test_a_section_holds_what_stands_below_its_heading_and_the_title_not_everything() -> None:
    cut = cut_of(list("hphphp"))
    levels = ((1, 1), (3, 2), (5, 3))
    headings = tuple(HeadingLine(line=line, level=level) for line, level in levels)
    entry = cut.entry.model_copy(update={"headings": headings})
    sections = review_of(Cut(cut.folder, entry, cut.text, cut.passages)).sections
    assert [(each.line, [p.id for p in each.passages]) for each in sections] == [
        (1, ["1.2"]),
        (3, ["1.4", "1.6"]),
        (5, ["1.6"]),
    ]

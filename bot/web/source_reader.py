"""A source document as a person reads it: whole, in order, every passage at its anchor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, count, groupby
from typing import Literal

from knowledge.documents import Document, Passage
from knowledge.library import Library
from knowledge.quotes import Notice, Quote
from knowledge.word_for_word import BETWEEN_HEADINGS
from knowledge.words import WORD, plain

BlockKind = Literal["heading", "paragraph", "item"]
BULLETS = ("-", "•")
SECTION = "section"
"""What the anchor of a heading begins with."""
DEEPEST = 5
"""A page has six levels of headings, and the first is its title's."""
FEWEST_HEADINGS = 2
"""With fewer, nobody finds their way by them."""


@dataclass(frozen=True)
class DocumentBlock:
    """A stretch of the document. `anchor` is there where it can be led to, `quote` and `label`
    where it is a passage, and `level` where it is a heading: 1 for the highest, none left out.
    `notices`: those of the passage that no passage before it has."""

    kind: BlockKind
    text: str
    anchor: str | None = None
    quote: Quote | None = None
    label: str = ""
    level: int = 0
    notices: tuple[Notice, ...] = ()

    @property
    def is_furniture(self) -> bool:
        """Whether the page that it was copied from wrote it around the text: a number on a line of
        its own, a link said twice, where the page ends."""
        words = self.text.split()
        half = len(words) // 2
        twice = half > 0 and words[:half] == words[half:]
        return not self.quote and (twice or len(words) == 1)


@dataclass(frozen=True)
class BlockRun:
    """Blocks of one kind that follow each other: the items of one list, for example."""

    kind: BlockKind
    blocks: tuple[DocumentBlock, ...]


@dataclass(frozen=True)
class ContentsEntry:
    """Where a part of the document begins. `is_ours`: the document gives the part no name."""

    text: str
    anchor: str
    level: int = 1
    is_ours: bool = False


def read_through(library: Library, document: Document) -> list[BlockRun]:
    passages = [each for each in library.passages.values() if each.document_id == document.id]
    in_order = sorted(passages, key=lambda each: each.start)
    blocks = _anchored(
        _nested(_blocks(library, document, in_order)), {each.anchor for each in passages}
    )
    return [
        BlockRun(kind, tuple(run)) for kind, run in groupby(blocks, key=lambda block: block.kind)
    ]


def contents(runs: Sequence[BlockRun]) -> list[ContentsEntry]:
    """The headings; of a document without them the passages, by their references."""
    blocks = [block for run in runs for block in run.blocks if block.anchor]
    headings = [block for block in blocks if block.kind == "heading"]
    if len(headings) >= FEWEST_HEADINGS:
        return [ContentsEntry(each.text, each.anchor or "", each.level) for each in headings]
    return [
        ContentsEntry(f"{each.quote.citation.reference}: {each.label}", each.anchor, is_ours=True)
        for each in blocks
        if each.quote and each.anchor
    ]


def _blocks(
    library: Library, document: Document, passages: Sequence[Passage]
) -> Iterator[DocumentBlock]:
    lines = _DocumentLines(document)
    end = 0
    noticed: set[str] = set()
    for passage in passages:
        between = document.text[end : passage.start]
        yield from lines.unquoted(end, passage.start, passage.heading)
        kind: BlockKind = "item" if between.rstrip(" ").endswith(BULLETS) else "paragraph"
        quote = library.quote(passage.id)
        notices = tuple(each for each in quote.notices if each.id not in noticed)
        noticed |= {each.id for each in notices}
        yield DocumentBlock(
            kind, passage.text, passage.anchor, quote, passage.label, notices=notices
        )
        end = passage.end
    yield from lines.unquoted(end, len(document.text), None)


class _DocumentLines:
    """The lines of a document, and which of them are headings."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        lengths = map(len, document.text.splitlines(keepends=True))
        self._starts = list(accumulate(lengths, initial=0))
        self._levels = {each.line: each.level for each in document.headings}

    def unquoted(self, start: int, end: int, heading: str | None) -> Iterator[DocumentBlock]:
        """What stands between two passages. The bullet of the next one is not repeated.

        `heading`: that of the passage which follows.
        """
        lines = {
            number: words
            for number, words in self._between(start, end)
            if words and words not in BULLETS
        }
        levels = self._levels or self._last_that_ends_so(lines, heading)
        for number, words in lines.items():
            level = levels.get(number, 0)
            yield DocumentBlock("heading" if level else "paragraph", words, level=level)

    def _between(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """The lines, by their number from 1, as far as they stand between `start` and `end`."""
        first, after = bisect_right(self._starts, start), bisect_left(self._starts, end)
        for number in range(first, after + 1):
            begins, ends = self._starts[number - 1], self._starts[number]
            yield number, self._text[max(start, begins) : min(end, ends)].strip()

    @staticmethod
    def _last_that_ends_so(lines: Mapping[int, str], heading: str | None) -> dict[int, int]:
        """Where a document does not say which of its lines are headings: what stands before it and
        ends so, too, is a list of contents."""
        ending = heading.split(BETWEEN_HEADINGS)[-1] if heading else None
        numbers = [number for number, words in lines.items() if ending and words.endswith(ending)]
        return dict.fromkeys(numbers[-1:], 1)


def _nested(blocks: Iterable[DocumentBlock]) -> Iterator[DocumentBlock]:
    """Each heading one level below that which it stands under, whatever the document has: a screen
    reader tells the levels, and one that is left out sounds like a part that is missing."""
    above: list[int] = []
    for block in blocks:
        if block.level:
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            block = replace(block, level=min(len(above), DEEPEST))
        yield block


def _anchored(blocks: Iterable[DocumentBlock], taken: Collection[str]) -> Iterator[DocumentBlock]:
    """Every heading with an anchor of its words, so that a link outlasts a new edition which leaves
    them. `taken`: the anchors of the passages."""
    known = set(taken)
    for block in blocks:
        if block.kind == "heading":
            anchor = _free("-".join([SECTION, *WORD.findall(plain(block.text))]), known)
            known.add(anchor)
            block = replace(block, anchor=anchor)
        yield block


def _free(anchor: str, known: Collection[str]) -> str:
    numbered = (f"{anchor}-{number}" for number in count(2))
    return next(each for each in chain([anchor], numbered) if each not in known)

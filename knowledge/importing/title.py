"""The title of a document, and what of its text only stands round the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from knowledge.importing.block import Block
from knowledge.importing.cover import UNDER_TITLE, is_detail, title_among
from knowledge.importing.table import describes_the_document, is_pair

LABEL_WORDS = 9
NOTHING_SAID = "no words to quote"
WORD = re.compile(r"\w")


def with_reasons(blocks: Iterable[Block]) -> Iterator[Block]:
    """What only its place shows not to be quotable: lines between the title and the text."""
    read = list(blocks)
    before = read.index(title) if (title := title_of(read)) else 0
    under_title, details = before > 0, range(0)
    for at, block in enumerate(read):
        if block.kind == "heading" and not block.why:
            under_title = block.level == 1 or at < before
        elif block.why is None and not WORD.search(block.text):
            block = replace(block, why=NOTHING_SAID)
        elif under_title and block.why is None and block.kind == "row":
            under_title = at in (details := details or _details(read, at))
            if under_title:
                block = replace(block, why=UNDER_TITLE)
        elif under_title and block.why is None and block.kind == "paragraph":
            under_title = _is_subtitle(block)
            if under_title:
                block = replace(block, why=UNDER_TITLE)
        elif block.why is None:
            under_title = False
        yield block


def _details(blocks: Sequence[Block], start: int) -> range:
    """The places of the rows from `start` on that say who made the document, and when."""
    rows = list(takewhile(is_pair, blocks[start:]))
    return range(start, start + len(rows)) if describes_the_document(rows) else range(start, start)


def _is_subtitle(block: Block) -> bool:
    if block.marker:
        return False
    if block.words <= LABEL_WORDS:
        return block.text[-1] not in ".:;?"
    return is_detail(block)


def title_of(blocks: Sequence[Block]) -> Block | None:
    """The heading of the highest level. Of several with no words between, the one that fits."""
    headings = [block for block in blocks if _is_top(block)]
    first = blocks.index(headings[0]) if headings else 0
    opening = takewhile(lambda block: block.why or _is_top(block), blocks[first:])
    return title_among(b for b in opening if not b.why) or next(iter(headings), None)


def _is_top(block: Block) -> bool:
    return block.kind == "heading" and block.level == 1 and not block.why


def first_heading(blocks: Sequence[Block]) -> str | None:
    headings = _shown_headings(blocks)
    return min(headings, key=lambda block: block.level).line if headings else None


def path_begins_below(blocks: Sequence[Block], title: Block | None) -> int:
    """1 where no heading after the title has its level, so that it need not lead every path."""
    if title is None:
        return 0
    after = blocks[blocks.index(title) + 1 :]
    others = [block for block in _shown_headings(after) if block.text != title.text]
    return 0 if any(block.level == 1 for block in others) else 1


def _shown_headings(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if block.kind == "heading" and not block.why]

"""The title of a document in which no style says which line it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.importing.block import TABLE_HEADING, Block

UNDER_TITLE = "stands under the title"
ORGANISATION = re.compile(
    r".*\b(?:partnership|board|council|trust|committee|authority|constabulary|police|services?"
    r"|schools?|academy|college)|(?:london )?borough of .*",
    re.IGNORECASE,
)
ONLY_NUMBER = re.compile(
    r"(?:[\w-]+ )?(?:procedure|policy|chapter|protocol|guidance|document|version|draft|part)"
    r"(?: (?:no\.?|number))? ?[\d.]+",
    re.IGNORECASE,
)
MOST_DETAILS = 20
DETAIL = re.compile(
    r"(?:(?:next|last|date of) )?(?:review|update|version|issue|approv|author|owner|written by)",
    re.IGNORECASE,
)
"""What a line opens with that says who made the document, and when."""

_OF_PARTS = """
introduction purpose scope aims aim policy background statement overview summary contents
procedure procedures definitions principles
"""
OF_PARTS = frozenset(_OF_PARTS.split())


def with_title(blocks: Sequence[Block], said: str | None) -> Iterator[Block]:
    """The blocks with the title as the one heading of level 1, where none has that level.

    `said`: the title that a page says it has. Then only a heading that is part of it will do.
    """
    if any(block.kind == "heading" and block.level == 1 and not block.why for block in blocks):
        yield from blocks
        return
    cover = _cover(blocks) if _has_sections(blocks) else set()
    title = title_among([blocks[at] for at in sorted(cover)], said)
    place = next((at for at in cover if blocks[at] is title), 0)
    for at, block in enumerate(blocks):
        if block is title:
            yield replace(block, level=1)
        elif at in cover and title is not None and _heads_nothing(block, at < place):
            yield replace(block, kind="paragraph", level=0, why=UNDER_TITLE)
        else:
            yield block


def title_among(headings: Iterable[Block], said: str | None = None) -> Block | None:
    """The first that names a subject, not an organisation, a number or a part of a document."""
    fit = [block for block in headings if _may_be_title(block, said)]
    names = [block for block in fit if not _is_of_organisation(block)]
    return next(iter(names or fit), None)


def is_detail(block: Block) -> bool:
    """Whether it says who made the document, or when, and is no sentence."""
    short = block.words <= MOST_DETAILS and not block.text.endswith(".")
    return short and DETAIL.match(block.text) is not None


def _heads_nothing(block: Block, before: bool) -> bool:
    """Whether a heading beside the title heads nothing."""
    return before or _is_of_organisation(block) or is_detail(block)


def _has_sections(blocks: Sequence[Block]) -> bool:
    """Whether a title would have a heading below it."""
    return sum(b.kind == "heading" and not b.why and b.level < TABLE_HEADING for b in blocks) > 1


def _cover(blocks: Sequence[Block]) -> set[int]:
    """Where the headings stand that come before the first words to quote."""
    found: set[int] = set()
    for at, block in enumerate(blocks):
        if block.why:
            continue
        if block.kind != "heading" or block.marker or block.level == TABLE_HEADING:
            break
        found.add(at)
    return found


def _may_be_title(block: Block, said: str | None) -> bool:
    text = block.text.casefold().strip()
    if is_detail(block) or (said is not None and text not in said.casefold()):
        return False
    return not (set(text.split()) <= OF_PARTS or text[:1].isdigit())


def _is_of_organisation(block: Block) -> bool:
    return bool(ORGANISATION.fullmatch(block.text) or ONLY_NUMBER.fullmatch(block.text))

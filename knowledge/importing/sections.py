"""Headings that only their numbers show: "1 Scope" above "1.1 This procedure ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.importing.block import RUN_IN_HEADING, Block
from knowledge.importing.furniture import has_leaders
from knowledge.importing.markers import number_of

SECTION_LEVEL = 2
"""Of a heading with one number. "1.1 Aims" is one level lower."""

MOST_WORDS = 12
CLOSES = (".", ":", ";", "?", "!", ",")
WHOLE = re.compile(r"(\d{1,2})\s+(?=[A-Z“\"'])")
FIGURES = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?")
IN_HEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+\S|(\d{1,2})[.)]?\s+\S")


@dataclass(frozen=True)
class _Numbered:
    """A block that has a number, and whether it can be a heading. `bare`: as "1 Scope" has it."""

    at: int
    number: str
    may_head: bool
    bare: bool
    words: str


def with_sections(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those that head a section as headings."""
    read = list(blocks)
    numbered = [found for at, block in enumerate(read) if (found := _numbered(at, block))]
    heads = {found.at: found for found in _heads(numbered)}
    has_levels = any(b.kind == "heading" and 1 < b.level < RUN_IN_HEADING for b in read)
    for at, block in enumerate(read):
        if at in heads:
            yield _heading(block, heads[at])
        elif block.kind == "heading" and block.level == RUN_IN_HEADING and not has_levels:
            yield replace(block, level=_level_of(block))
        else:
            yield block


def _numbered(at: int, block: Block) -> _Numbered | None:
    if block.why or block.kind not in ("paragraph", "item", "heading"):
        return None
    bare = WHOLE.match(block.text) if not block.marker else None
    number = bare[1] if bare else _figures(block)
    if number is None:
        return None
    words = block.text[bare.end() :] if bare else block.text
    short = len(words.split()) <= MOST_WORDS and not words.endswith(CLOSES)
    typed = block.kind != "heading" or block.level == RUN_IN_HEADING
    heads = short and words[:1].isupper() and not has_leaders(words) and typed
    return _Numbered(at, number, heads, bare is not None and block.kind == "paragraph", words)


def _figures(block: Block) -> str | None:
    found = FIGURES.fullmatch(number_of(block.marker) or "")
    if found is None and block.kind == "heading":
        found = FIGURES.match(block.text)
    return found[1] if found else None


def _heads(numbered: Sequence[_Numbered]) -> Iterator[_Numbered]:
    """Those that a number one level lower follows, and those that count on as "1 Scope" does."""
    later: set[str] = set()
    counting = _counting(numbered)
    for place in reversed(range(len(numbered))):
        found = numbered[place]
        below = numbered[place + 1].number if place + 1 < len(numbered) else ""
        whole = found.words.casefold()
        # Of a heading that comes twice, the first stands in the contents.
        heads = below == f"{found.number}.1" or found.at in counting
        if heads and found.may_head and whole not in later:
            later.add(whole)
            yield found


def _counting(numbered: Sequence[_Numbered]) -> set[int]:
    """Lines such as "1 Scope" and "2 Words" that count from 1, each with text below it."""
    bare = [found for found in numbered if found.bare and found.may_head]
    last: dict[str, _Numbered] = {found.words.casefold(): found for found in bare}
    lines = [found for found in bare if last[found.words.casefold()] is found]
    counts = [int(found.number) for found in lines] == list(range(1, len(lines) + 1))
    apart = all(b.at - a.at > 1 for a, b in pairwise(lines))
    return {found.at for found in lines} if counts and apart and len(lines) > 1 else set()


def _heading(block: Block, found: _Numbered) -> Block:
    level = SECTION_LEVEL + found.number.count(".")
    if block.kind == "heading":
        return replace(block, level=level)
    marker = found.number if found.bare else block.marker
    return replace(block, kind="heading", level=level, depth=0, marker=marker, text=found.words)


def _level_of(block: Block) -> int:
    """The level of a heading in bold that shows its number, where no style shows levels."""
    found = IN_HEADING.match(block.line)
    if found is None:
        return block.level
    return SECTION_LEVEL + (found[1] or "").count(".")

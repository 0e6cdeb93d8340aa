"""Running heads and feet: lines that come again on each page, also with only its number changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.importing.block import RUN_IN_HEADING, Block, one_line
from knowledge.importing.furniture import PAGE

MOST_WORDS = 30
MOST_LETTERS = 300
MOST_BESIDE = 4
"""So many lines of one head or foot are found beside the one that shows it to be one."""

OFTEN = 3
"""A line that no number of a page shows to be furniture comes so often, or is none."""

ENDS_SENTENCE = (".", ":", ";", "?", "!", ",")
DIGITS = re.compile(r"\d+")
WIDE_GAP = re.compile(r"\S(?: {3,}|\t)\s*\S")
PAGE_NUMBER = re.compile(
    r"\W*page\s+(\d+)\b|\bpage\s+(\d+)(?:\s*(?:of|/)\s*\d+)?\W*$|\W*(\d+)\s*(?:of|/)\s*\d+\W*$"
    r"|[-–—|]\s*(\d+)\s*[-–—|]$",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(r"\d{1,3}")
SAYS_SO = re.compile(
    r"\b(?:uncontrolled|printed cop(?:y|ies)|official|sensitive|in confidence)\b", re.IGNORECASE
)


def running(texts: Sequence[str]) -> frozenset[int]:
    """Which of the texts are running heads or feet. One that cannot be is given as ""."""
    places = _places(texts)
    opening = next((at for at, text in enumerate(texts) if text), 0)
    found = {at for same in places.values() if _counts_pages(texts, same) for at in same}
    found |= {at for same in places.values() if _repeats(texts, same, opening) for at in same}
    for _ in range(MOST_BESIDE):
        found |= _beside(texts, places, found)
    # The title stands there first.
    return frozenset(found - ({opening} - _only_pages(texts, opening)))


def without_running(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, running heads and feet once and not quotable. What they part is joined again."""
    read = list(blocks)
    out = running([block.text if _may_run(block) else "" for block in read])
    said: set[str] = set()
    parted: Block | None = None
    for at, block in enumerate(read):
        if at in out:
            if (key := without_numbers(block.text)) not in said:
                said.add(key)
                yield from () if parted is None else (parted,)
                parted = None
                yield replace(block, kind="paragraph", level=0, why=PAGE)
            continue
        if parted is not None and at - 1 in out and _goes_on(parted, block):
            parted = replace(parted, text=f"{parted.text} {block.text}")
            continue
        if parted is not None:
            yield parted
        parted = block
    if parted is not None:
        yield parted


def goes_on(above: str, below: str) -> bool:
    """Whether a sentence that the end of a page broke off goes on below."""
    return bool(above) and not above.endswith(ENDS_SENTENCE) and below[:1].islower()


def without_numbers(text: str) -> str:
    return DIGITS.sub("#", one_line(text)).casefold()


def _goes_on(above: Block, below: Block) -> bool:
    whole = above.kind == below.kind == "paragraph" and not below.marker
    return whole and above.why == below.why and goes_on(above.text, below.text)


def _may_run(block: Block) -> bool:
    typed = block.kind == "paragraph" or (block.kind == "heading" and block.level == RUN_IN_HEADING)
    return typed and not block.why and not block.marker


def _places(texts: Sequence[str]) -> dict[str, list[int]]:
    """Where each text stands, its numbers left out."""
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        if 0 < len(text) <= MOST_LETTERS and len(text.split()) <= MOST_WORDS:
            places.setdefault(without_numbers(text), []).append(at)
    return places


def _counts_pages(texts: Sequence[str], same: Sequence[int]) -> bool:
    """Whether the text has the number of a page, which grows."""
    numbers = []
    for at in same:
        found = PAGE_NUMBER.search(texts[at])
        if found is None or texts[at].lower().startswith("see "):
            return False
        numbers.append(int(next(filter(None, found.groups()))))
    return len(numbers) > 1 and all(low < high for low, high in pairwise(numbers))


def _repeats(texts: Sequence[str], same: Sequence[int], opening: int) -> bool:
    """Whether a text that comes again has the title in it, is parted by gaps, or says so."""
    text = texts[same[0]]
    if len(same) < OFTEN or not _may_repeat(texts, same):
        return False
    title = one_line(texts[opening])
    has_title = len(title.split()) > 1 and title in one_line(text)
    return has_title or bool(WIDE_GAP.search(text) or SAYS_SO.search(text))


def _only_pages(texts: Sequence[str], at: int) -> set[int]:
    """The place, where its text has the number of a page and so is no title."""
    numbered = at < len(texts) and len(texts[at]) <= MOST_LETTERS
    return {at} if numbered and PAGE_NUMBER.search(texts[at]) else set()


def _may_repeat(texts: Sequence[str], same: Sequence[int]) -> bool:
    """Whether it is the very same each time, and no sentence of the text."""
    text = texts[same[0]]
    sentence = text.endswith(ENDS_SENTENCE) and not SAYS_SO.search(text)
    return not sentence and all(texts[at] == text for at in same)


def _beside(texts: Sequence[str], places: dict[str, list[int]], found: set[int]) -> frozenset[int]:
    """What comes again and mostly stands next to what has been found."""
    more: set[int] = set()
    for key, same in places.items():
        touching = [at for at in same if at not in found and found & {at - 1, at + 1}]
        if key == "#":
            more.update(touching)
        elif 2 * len(touching) >= len(same) > 1 and _may_repeat(texts, same):
            more.update(same)
    return frozenset(more - found)

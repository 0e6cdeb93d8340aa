"""What a document shows before a paragraph: its number, or a bullet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.importing.block import Block

BULLETS = frozenset("•◦▪▫●○■□‣⁃∙·–—-*➢➤►✓✔❖➔→oØü§")
"""The last four are what bullets of Word become where a text lacks their type."""

PRIVATE_USE = range(0xE000, 0xF900)

MARKER = re.compile(
    r"""
    (?P<marker>
        (?:[A-Z]{1,2}\.?)?\d{1,3}(?:\.\d{1,3})+\.?      # 4.2   2.1.3.   A1.2
      | \d{1,3}[.)]                                    # 1.   1)
      | \((?:[A-Za-z]{1,2}|[ivxlc]{1,5}|\d{1,3})\)     # (a)   (iv)   (3)
      | (?:[a-z]|[ivx]{1,5})[.)]                       # a.   iv)
    )
    (?:\s+|$)
    """,
    re.VERBOSE,
)
MEASURE = re.compile(r"(?:am|pm|a\.m|p\.m|per\s?cent|%|million|billion|hours?|days?|weeks?)\b")
LETTERS = re.compile(r"[A-Za-z]+")
PARTS = re.compile(r"[A-Za-z]+|\d+")
FIGURES = re.compile(r"\d+")
ROMAN_FIGURES = re.compile(r"\(?[ivx]+[.)]")
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"))
ROMAN_END = ((4, "iv"), (1, "i"))
MOST_COUNTED = 10_000
"""The highest count that a file may ask for: Roman figures grow with it."""


def split_marker(text: str) -> tuple[str, str]:
    """The number or bullet that `text` opens with, or "", and the rest."""
    first, _, rest = text.partition(" ")
    if is_bullet(first) and rest:
        return "•" if _is_private(first) else first, rest.lstrip()
    found = MARKER.match(text)
    if found is None or MEASURE.match(text, found.end()):
        return "", text
    return found["marker"], text[found.end() :]


def is_bullet(marker: str) -> bool:
    return len(marker) == 1 and (marker in BULLETS or _is_private(marker))


def number_of(marker: str) -> str | None:
    """The document's own number, without the full stop that closes it."""
    return None if not marker or is_bullet(marker) else marker.rstrip(".")


def numbers_a_paragraph(marker: str) -> bool:
    """Whether it has levels: "4.2", not "4." or "(a)"."""
    return "." in marker.rstrip(".")


def marks_an_item(marker: str) -> bool:
    """Whether it is that of a list: "4.", "(a)" or a bullet."""
    return bool(marker) and not numbers_a_paragraph(marker)


def comes_after(before: str, marker: str) -> bool:
    """Whether a list can go from one number to the other: "2.1" to "2.2", "b." to "1."."""
    if before == marker or ROMAN_FIGURES.fullmatch(marker):
        return True
    old, new = PARTS.findall(before), PARTS.findall(marker)
    if not new:
        return False
    *above, last = new
    if above != old[: len(above)]:
        return False
    return last in ("1", "a", "A") or any(_plus_one(part) == last for part in old[len(above) :])


def _plus_one(part: str) -> str:
    return str(int(part) + 1) if part.isdigit() else part[:-1] + chr(ord(part[-1]) + 1)


def apart(block: Block) -> Block:
    """The block with the number that opens its text as its marker."""
    if block.marker and not is_bullet(block.marker):
        return block
    if block.kind not in ("paragraph", "item", "lead") or block.why:
        return block
    marker, text = split_marker(block.text)
    if not marker:
        return block
    paragraph = numbers_a_paragraph(marker) and block.kind != "item"
    kind = block.kind if paragraph or block.kind == "lead" else "item"
    return replace(block, kind=kind, marker=marker, text=text)


def nested(blocks: Iterable[Block]) -> Iterator[Block]:
    """Items deeper where another kind of number begins below one: "(i)" after "(b)"."""
    open_lists: list[_OpenList] = []
    for block in blocks:
        if block.kind != "item":
            open_lists = []
            yield block
            continue
        if block.marker:
            _open(open_lists, block)
        yield replace(block, depth=max(len(open_lists) - 1, 0))


@dataclass
class _OpenList:
    depth: int
    kind: str
    last: str


def _open(open_lists: list[_OpenList], block: Block) -> None:
    """Leaves the list of this item as the last one that is open."""
    while open_lists and open_lists[-1].depth > block.depth:
        open_lists.pop()
    here = {known.kind: known for known in open_lists if known.depth == block.depth}
    kind = _kind(block.marker, {known.kind: known.last for known in here.values()})
    if kind not in here:
        open_lists.append(_OpenList(block.depth, kind, block.marker))
    while open_lists[-1] is not here.get(kind, open_lists[-1]):
        open_lists.pop()
    open_lists[-1].last = block.marker


def _kind(marker: str, last: dict[str, str]) -> str:
    """Markers of one list have one kind. "i" is a Roman figure unless it comes after "h"."""
    if is_bullet(marker):
        return marker
    letters = shape(marker)
    roman = LETTERS.sub("i", marker)
    if not ROMAN_FIGURES.fullmatch(marker) or _follows(last.get(letters, ""), marker):
        return letters
    opens = marker.strip("().") == "i" or len(marker.strip("().")) > 1
    return roman if roman in last or opens else letters


def shape(marker: str) -> str:
    """The same for "2.1" and "2.2", and for "(a)" and "(b)"."""
    return FIGURES.sub("1", LETTERS.sub("a", marker))


def _follows(before: str, marker: str) -> bool:
    """Whether it is the next letter."""
    old, new = before.strip("()."), marker.strip("().")
    return len(old) == len(new) == 1 and ord(new) == ord(old) + 1


def counted(count: int, form: str) -> str:
    """A count as letters, Roman figures or figures. `form`: decimal, letter, LETTER and so on."""
    if form.isupper():
        return counted(count, form.lower()).upper()
    if form == "letter":
        return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    if form == "roman":
        shown = ""
        for value, figure in (*ROMAN, *ROMAN_END):
            times, count = divmod(count, value)
            shown += figure * times
        return shown
    return str(count)


def _is_private(sign: str) -> bool:
    return len(sign) == 1 and ord(sign) in PRIVATE_USE

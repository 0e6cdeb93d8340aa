"""The words of an element of a web page, and whether they are all in bold or all links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from knowledge.importing.block import one_line
from knowledge.importing.markers import split_marker

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = """
address article aside blockquote body center dd details dialog div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre
section summary table tbody tfoot thead td th tr ul caption
"""
BLOCKS = frozenset(_BLOCKS.split())
_UNREAD = """
script style template noscript head iframe object embed svg math canvas video audio select
option input textarea map datalist
"""
UNREAD = frozenset(_UNREAD.split())
BOLD = frozenset(("b", "strong"))
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
LINE_BREAK = "\v"
PARAGRAPH_BREAK = re.compile(r"\v\s*\v")


def text_in(element: Any) -> str:
    return one_line(raw_text(element).replace(LINE_BREAK, " "))


def raw_text(part: Any) -> str:
    """The words of a part. A line break is a vertical tab."""
    if isinstance(part, str):
        return part
    if part.tag == "br":
        return LINE_BREAK
    if is_unread(part):
        return ""
    inside = "".join(raw_text(child) + (child.tail or "") for child in part)
    between = " " if part.tag in BLOCKS else ""
    return f"{between}{part.text or ''}{inside}{between}"


def lines_in(raw: str) -> list[str]:
    """Split at two line breaks, and at one before a number or a bullet."""
    lines: list[str] = []
    for paragraph in PARAGRAPH_BREAK.split(raw):
        pieces = [one_line(piece) for piece in paragraph.split(LINE_BREAK)]
        for number, piece in enumerate(pieces):
            if number and lines and not split_marker(piece)[0]:
                lines[-1] = one_line(f"{lines[-1]} {piece}")
            else:
                lines.append(piece)
    return [line for line in lines if line]


def is_unread(element: Any) -> bool:
    """A button inside a heading opens what is below it, and has the heading's words."""
    if element.tag == "button":
        return not any(above.tag in HEADINGS for above in element.iterancestors())
    return not isinstance(element.tag, str) or element.tag in UNREAD


def parts_of(element: Any) -> list[Any]:
    """The elements below, and the words before, between and after them."""
    parts = [element.text or ""]
    for child in element:
        parts += [child, child.tail or ""]
    return parts


def is_only_link(parts: Iterable[Any]) -> bool:
    """Whether every word stands in a link."""
    return _all_in(parts, _is_link)


def is_bold(parts: Iterable[Any]) -> bool:
    return _all_in(parts, shows_bold)


def shows_bold(element: Any) -> bool:
    return element.tag in BOLD or BOLD_STYLE.search(element.get("style", "")) is not None


def _is_link(element: Any) -> bool:
    return element.tag == "a" and bool(element.get("href"))


def _all_in(parts: Iterable[Any], shows: Callable[[Any], bool]) -> bool:
    within = False
    for part in parts:
        if isinstance(part, str):
            outside = bool(part.strip())
        elif isinstance(part.tag, str) and shows(part):
            outside, within = False, within or bool(text_in(part))
        else:
            outside = bool(text_in(part)) and not _all_in(parts_of(part), shows)
            within = within or (bool(text_in(part)) and not outside)
        if outside:
            return False
    return within

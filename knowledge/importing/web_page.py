"""Reads a web page into blocks. Nothing is fetched, and no entity is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from knowledge.importing.block import RUN_IN_HEADING, Block, Draft, one_line
from knowledge.importing.encoding import text_of
from knowledge.importing.furniture import NAVIGATION, PAGE
from knowledge.importing.markers import counted, split_marker
from knowledge.importing.source import SourceFile
from knowledge.importing.table import Row, table_blocks
from knowledge.importing.whole_number import whole_number

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
_NAVIGATES = """
nav navbar navigation menu breadcrumb breadcrumbs cookie cookies skip toc sidebar share sitemap
pagination pager
"""
NAVIGATES = frozenset(_NAVIGATES.split())
ROLES = {"navigation": NAVIGATION, "search": NAVIGATION, "contentinfo": PAGE, "banner": PAGE}
TAGS = {"nav": NAVIGATION, "footer": PAGE}
OUTSIDE = "outside the main part of the page"
HIDDEN = "hidden on the page"
MAIN_SHARE = 0.3
"""A part that holds less of the page's words than this is not its main part."""

LIST_FORMS = {"a": "letter", "i": "roman", "A": "LETTER", "I": "ROMAN"}
STYLES = {"lower-alpha": "a", "lower-latin": "a", "lower-roman": "i"} | {
    "upper-alpha": "A",
    "upper-latin": "A",
    "upper-roman": "I",
}
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
UNREADABLE = "this is not a web page that can be read; save it again from a browser"
MAX_DEPTH = 200
RUN_IN_WORDS = 12
MOST_COUNTED = 10_000
MOST_SPANNED = 50


@dataclass(frozen=True)
class _Place:
    """Where the reader is: inside which list, and inside what is not quotable."""

    depth: int = -1
    marker: str = ""
    why: str | None = None
    nesting: int = 0
    words: int = 0
    main: Any = None

    @property
    def block(self) -> Block:
        if self.depth >= 0:
            return Block("item", "", depth=self.depth, marker=self.marker, why=self.why)
        return Block("paragraph", "", why=self.why)


def read_web_page(source: SourceFile) -> Draft:
    """Raises ImportRefused for a page that defines entities, or that cannot be read."""
    root = _parsed(source)
    body = root.find("body")
    if body is None:
        raise source.refusal(UNREADABLE)
    main = _main_part(body)
    place = _Place(
        why=OUTSIDE if main is not None else None, main=main, words=len(_all_words(body))
    )
    titles = (one_line(found.text or "") for found in root.iter("title"))
    authors = (
        meta.get("content", "")
        for meta in root.iter("meta")
        if meta.get("name", "").lower() in ("author", "dc.creator", "dcterms.creator")
    )
    return Draft(
        tuple(_blocks(body, place)),
        next((title for title in titles if title), None),
        tuple(authors),
    )


def _parsed(source: SourceFile) -> Any:
    text = text_of(source)
    if ENTITY.search(text):
        raise source.refusal(
            "this page defines abbreviations of its own (entities), which can be made to fill a"
            " machine's memory; save the page again from a browser"
        )
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise source.refusal(UNREADABLE) from None
    if any(error.level_name == "FATAL" for error in parser.error_log):
        raise source.refusal(
            "this page is nested too deep, or holds too long a piece, to be read to its end; save"
            " it again from a browser, or import the Word document"
        )
    return root


def _main_part(body: Any) -> Any:
    """The element that says that it is the main part, and holds enough of the page's words."""
    found = body.xpath(".//main | .//*[@role='main']") or body.xpath(".//article")
    if len(found) != 1:
        return None
    whole = len(_all_words(body))
    return found[0] if len(_all_words(found[0])) >= MAIN_SHARE * whole else None


def _all_words(element: Any) -> list[str]:
    return "".join(element.itertext()).split()


def _blocks(element: Any, place: _Place) -> Iterator[Block]:
    """The blocks of an element: its own words between those of the elements below it."""
    if place.nesting > MAX_DEPTH:
        yield from _flowing([element], place)
        return
    run: list[Any] = [element.text or ""]
    for child in element:
        if _is_unread(child):
            run.append(child.tail or "")
        elif child.tag in BLOCKS or _holds_blocks(child):
            yield from _flowing(run, place)
            if any(not isinstance(part, str) or part.strip() for part in run):
                place = replace(place, marker="")
            for block in _block(child, place):
                yield block
                if block.kind == "item" and block.depth == place.depth:
                    place = replace(place, marker="")
            run = [child.tail or ""]
        else:
            run += [child, child.tail or ""]
    yield from _flowing(run, place)


def _block(element: Any, place: _Place) -> Iterator[Block]:
    place = replace(place, why=_why(element, place), nesting=place.nesting + 1)
    if element.tag in HEADINGS or element.tag in ("summary", "legend"):
        text = _text(element)
        if text:
            level = HEADINGS.get(element.tag, 6)
            yield Block("heading", text, level, why=place.why, only_links=_only_links([element]))
    elif element.tag in ("ul", "ol", "menu"):
        yield from _list(element, place)
    elif element.tag == "table" and not _is_layout(element):
        for caption in element.iterfind("caption"):
            yield from _blocks(caption, place)
        yield from table_blocks(list(_rows(element)), place.why)
    elif element.tag == "dt":
        yield Block("lead", _text(element), why=place.why)
    elif element.tag == "dd":
        yield from _blocks(element, replace(place, depth=place.depth + 1, marker=""))
    else:
        yield from _blocks(element, place)


def _why(element: Any, place: _Place) -> str | None:
    if element is place.main:
        return None
    if place.why and place.why != OUTSIDE:
        return place.why
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    if element.tag in TAGS:
        return TAGS[element.tag]
    if element.get("role") in ROLES:
        return ROLES[element.get("role")]
    if element.get("hidden") is not None or NOT_SHOWN.search(element.get("style", "")):
        return HIDDEN
    if NAVIGATES.intersection(re.split(r"[\s_-]+", names)) and _is_small(element, place):
        return NAVIGATION
    return place.why


def _is_small(element: Any, place: _Place) -> bool:
    """A part whose name says menu, and that holds most of the page, is a wrapper of it."""
    return len(_all_words(element)) < MAIN_SHARE * place.words


def _list(element: Any, place: _Place) -> Iterator[Block]:
    count = whole_number(element.get("start"), 1, MOST_COUNTED)
    for child in element:
        if child.tag == "li":
            count = whole_number(child.get("value"), count, MOST_COUNTED)
            marker = _marker(element, count) if element.tag == "ol" else "•"
            inside = replace(place, depth=place.depth + 1, marker=marker)
            yield from _blocks(child, replace(inside, why=_why(child, place)))
            count += 1
        elif not _is_unread(child):
            yield from _block(child, place)


def _marker(element: Any, count: int) -> str:
    style = LIST_STYLE.search(element.get("style", ""))
    kind = element.get("type") or STYLES.get(style[1] if style else "", "1")
    form = LIST_FORMS.get(kind, "decimal")
    shown = counted(count, form.lower())
    return f"{shown.upper() if form.isupper() else shown}."


def _rows(table: Any) -> Iterator[Row]:
    """A cell that spans rows stands in each of them."""
    spanning: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        texts: list[str] = []
        for cell in cells:
            _fill(texts, spanning)
            text = _text(cell)
            rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
            if rows > 1:
                spanning[len(texts)] = (rows - 1, text)
            texts += [text, *[""] * (columns - 1)]
        _fill(texts, spanning)
        in_head = row.getparent().tag == "thead"
        heads = bool(cells) and (in_head or all(cell.tag == "th" for cell in cells))
        yield Row(tuple(texts), heads)


def _fill(texts: list[str], spanning: dict[int, tuple[int, str]]) -> None:
    while len(texts) in spanning:
        column = len(texts)
        rows, text = spanning.pop(column)
        if rows > 1:
            spanning[column] = (rows - 1, text)
        texts.append(text)


def _span(cell: Any, name: str) -> int:
    return max(whole_number(cell.get(name), 1, MOST_SPANNED), 1)


def _is_layout(table: Any) -> bool:
    """A table that only places other things: it holds tables, headings, or one cell a row."""
    if table.get("role") in ("presentation", "none") or table.xpath(".//table | .//h1 | .//h2"):
        return True
    rows = [len(row.xpath("./td | ./th")) for row in table.iter("tr")]
    return max(rows, default=0) < 2 and len(rows) < 2


def _flowing(parts: Iterable[Any], place: _Place) -> Iterator[Block]:
    """Words that flow, as one block, or as one for each line that begins anew."""
    parts = list(parts)
    links = _only_links(parts)
    raw = "".join(_raw(part) for part in parts)
    lines = _broken(raw.replace("\v", "\v\v") if links else raw)
    bold = len(lines) == 1 and _is_bold(parts)
    for number, text in enumerate(lines):
        block = replace(place.block, text=text, only_links=links)
        if number:
            block = replace(block, marker="")
        yield _headed(block) if bold else block


def _headed(block: Block) -> Block:
    """A short line in bold is a heading, unless it closes as a sentence does."""
    short = block.words <= RUN_IN_WORDS and block.text[-1] not in ".;,"
    if short and block.kind == "paragraph" and not block.why:
        return replace(block, kind="heading", level=RUN_IN_HEADING)
    return block


def _broken(raw: str) -> list[str]:
    """Split at two line breaks, and at one before a number or a bullet."""
    lines: list[str] = []
    for paragraph in re.split(r"\v\s*\v", raw):
        pieces = [one_line(piece) for piece in paragraph.split("\v")]
        for number, piece in enumerate(pieces):
            if number and lines and not split_marker(piece)[0]:
                lines[-1] = one_line(f"{lines[-1]} {piece}")
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _raw(part: Any) -> str:
    """The words of a part. A line break is a vertical tab."""
    if isinstance(part, str):
        return part
    if part.tag == "br":
        return "\v"
    if _is_unread(part):
        return ""
    inside = "".join(_raw(child) + (child.tail or "") for child in part)
    between = " " if part.tag in BLOCKS else ""
    return f"{between}{part.text or ''}{inside}{between}"


def _text(element: Any) -> str:
    return one_line(_raw(element).replace("\v", " "))


def _is_unread(element: Any) -> bool:
    """A button inside a heading opens what is below it, and has the heading's words."""
    if element.tag == "button":
        return not any(above.tag in HEADINGS for above in element.iterancestors())
    return not isinstance(element.tag, str) or element.tag in UNREAD


def _holds_blocks(element: Any) -> bool:
    return any(below.tag in BLOCKS for below in element.iterdescendants())


def _only_links(parts: Iterable[Any]) -> bool:
    """Whether every word stands in a link."""
    return _all_in(parts, frozenset("a"))


def _is_bold(parts: Iterable[Any]) -> bool:
    return _all_in(parts, frozenset(("b", "strong")))


def _all_in(parts: Iterable[Any], tags: frozenset[str]) -> bool:
    within = False
    for part in parts:
        if isinstance(part, str):
            outside = bool(part.strip())
        elif part.tag in tags and (part.tag != "a" or part.get("href")):
            outside, within = False, within or bool(_text(part))
        else:
            inner = [part.text or ""]
            for child in part:
                inner += [child, child.tail or ""]
            outside = bool(_text(part)) and not _all_in(inner, tags)
            within = within or (bool(_text(part)) and not outside)
        if outside:
            return False
    return within

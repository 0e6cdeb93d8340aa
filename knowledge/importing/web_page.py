"""Reads a web page into blocks. Nothing is fetched, and no entity is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from knowledge.importing.block import Block, Draft, one_line
from knowledge.importing.encoding import text_of
from knowledge.importing.html_furniture import HtmlFurniture
from knowledge.importing.html_list import list_entries
from knowledge.importing.html_table import html_rows, is_layout
from knowledge.importing.html_text import (
    BLOCKS,
    HEADINGS,
    LINE_BREAK,
    is_bold,
    is_only_link,
    is_unread,
    lines_in,
    parts_of,
    raw_text,
    shows_bold,
    text_in,
)
from knowledge.importing.source import SourceFile
from knowledge.importing.table import table_blocks

HEADING_TAGS = HEADINGS | {"summary": 6, "legend": 6}
LISTS = frozenset(("ul", "ol", "menu"))
AUTHOR = frozenset(("author", "dc.creator", "dcterms.creator"))
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
UNREADABLE = "this is not a web page that can be read; save it again from a browser"
MAX_DEPTH = 200


@dataclass(frozen=True)
class _Place:
    """Where the reader is: inside which list, and inside what is not quotable."""

    why: str | None
    depth: int = -1
    marker: str = ""
    nesting: int = 0
    bold: bool = False

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
    titles = (one_line(found.text or "") for found in root.iter("title"))
    authors = (
        meta.get("content", "")
        for meta in root.iter("meta")
        if meta.get("name", "").lower() in AUTHOR
    )
    return Draft(
        tuple(_PageReader(HtmlFurniture(body)).blocks(body)),
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


@dataclass(frozen=True)
class _PageReader:
    furniture: HtmlFurniture

    def blocks(self, body: Any) -> Iterator[Block]:
        yield from self._inside(body, _Place(self.furniture.why))

    def _inside(self, element: Any, place: _Place) -> Iterator[Block]:
        """The blocks of an element: its own words between those of the elements below it."""
        if place.nesting > MAX_DEPTH:
            yield from _flowing([element], place)
            return
        run: list[Any] = []
        for part in parts_of(element):
            if isinstance(part, str):
                run.append(part)
            elif is_unread(part):
                continue
            elif part.tag not in BLOCKS and not _holds_blocks(part):
                run.append(part)
            else:
                yield from _flowing(run, place)
                if any(not isinstance(words, str) or words.strip() for words in run):
                    place = replace(place, marker="")
                for block in self._block(part, place):
                    yield block
                    if block.kind == "item" and block.depth == place.depth:
                        place = replace(place, marker="")
                run = []
        yield from _flowing(run, place)

    def _block(self, element: Any, place: _Place) -> Iterator[Block]:
        why = self.furniture.why_in(element, place.why)
        bold = place.bold or shows_bold(element)
        place = replace(place, why=why, nesting=place.nesting + 1, bold=bold)
        if element.tag in HEADING_TAGS:
            yield from _heading(element, why)
        elif element.tag in LISTS:
            yield from self._list(element, place)
        elif element.tag == "table" and not is_layout(element):
            for caption in element.iterfind("caption"):
                yield from self._inside(caption, place)
            yield from table_blocks(list(html_rows(element)), why)
        elif element.tag == "dt":
            yield Block("lead", text_in(element), why=why)
        elif element.tag == "dd":
            yield from self._inside(element, replace(place, depth=place.depth + 1, marker=""))
        else:
            yield from self._inside(element, place)

    def _list(self, element: Any, place: _Place) -> Iterator[Block]:
        for entry, marker in list_entries(element):
            if marker:
                why = self.furniture.why_in(entry, place.why)
                inside = replace(place, depth=place.depth + 1, marker=marker, why=why)
                yield from self._inside(entry, inside)
            elif not is_unread(entry):
                yield from self._block(entry, place)


def _heading(element: Any, why: str | None) -> Iterator[Block]:
    if text := text_in(element):
        only_links = is_only_link([element])
        yield Block("heading", text, HEADING_TAGS[element.tag], why=why, only_links=only_links)


def _holds_blocks(element: Any) -> bool:
    return any(below.tag in BLOCKS for below in element.iterdescendants())


def _flowing(parts: list[Any], place: _Place) -> Iterator[Block]:
    """Words that flow, as one block, or as one for each line that begins anew."""
    links = is_only_link(parts)
    raw = "".join(map(raw_text, parts))
    # Of links, every line is one.
    lines = lines_in(raw.replace(LINE_BREAK, 2 * LINE_BREAK) if links else raw)
    bold = len(lines) == 1 and (place.bold or is_bold(parts))
    for number, text in enumerate(lines):
        block = replace(place.block, text=text, only_links=links)
        if number:
            block = replace(block, marker="")
        yield _headed(block) if bold else block


def _headed(block: Block) -> Block:
    """A short line in bold is a heading, unless it closes as a sentence does."""
    heads = block.may_head and block.kind == "paragraph" and not block.why
    return block.run_in() if heads else block

"""Reads a Word document into blocks, with the numbers that Word shows."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import docx
from lxml import etree

from knowledge.importing.archive import check_archive
from knowledge.importing.block import Block, Draft, joined, one_line
from knowledge.importing.furniture import CONTENTS, PAGE, why_of_footnote
from knowledge.importing.markers import is_bullet, marks_an_item
from knowledge.importing.source import SourceFile
from knowledge.importing.table import MOST_SPANNED, Row, table_blocks
from knowledge.importing.whole_number import whole_number
from knowledge.importing.word_numbering import LEVELS, Numbering, W, value

HEADING = re.compile(r"heading (\d)")
CONTENTS_STYLE = re.compile(r"toc\b|table of contents")
BODY_TEXT = 9
"""The outline level that means none."""

OFF = frozenset(("0", "false", "off", "none"))
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = frozenset((f"{W}del", f"{W}moveFrom", f"{W}txbxContent", ALTERNATE))
SHOWN_AS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
NO_AUTHOR = frozenset(("python-docx", "Windows User", "Administrator"))


@dataclass(frozen=True)
class _Style:
    name: str
    outline: int | None
    number: str | None
    depth: int | None
    bold: bool


def read_word(source: SourceFile) -> Draft:
    """Raises ImportRefused for a document that is hostile; what is damaged breaks the parser."""
    check_archive(source)
    document = docx.Document(io.BytesIO(source.content))
    reader = _WordReader(document)
    blocks = (*reader.body(), *reader.notes(), *reader.page_furniture())
    properties = document.core_properties
    author = properties.author or ""
    named = () if author in NO_AUTHOR else (author,)
    return Draft(blocks, one_line(properties.title or "") or None, named)


class _WordReader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.styles = _styles(document.styles.element)
        self.numbering = Numbering(_part(document, "numbering"))

    def body(self) -> Iterator[Block]:
        yield from self._container(self.document.element.body, None)

    def notes(self) -> Iterator[Block]:
        """Footnotes and endnotes."""
        for kind in ("footnote", "endnote"):
            root = _part(self.document, f"{kind}s")
            for note in [] if root is None else root.findall(f"{W}{kind}"):
                text = joined(map(_text, note.iter(f"{W}p")))
                if text:
                    yield Block("paragraph", text, why=why_of_footnote(text))

    def page_furniture(self) -> Iterator[Block]:
        """Every head and foot of the pages once."""
        seen: set[str] = set()
        for section in self.document.sections:
            for part in (
                section.header,
                section.footer,
                section.first_page_header,
                section.first_page_footer,
                section.even_page_header,
                section.even_page_footer,
            ):
                text = "" if part.is_linked_to_previous else joined(map(_text, _all(part)))
                if text and text not in seen:
                    seen.add(text)
                    yield Block("paragraph", text, why=PAGE)

    def _container(self, element: Any, why: str | None) -> Iterator[Block]:
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, why)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, why)
            elif child.tag == f"{W}sdt":
                inside = child.find(f"{W}sdtContent")
                if inside is not None:
                    yield from self._container(inside, CONTENTS if _is_contents(child) else why)
            elif child.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                yield from self._container(child, why)

    def _paragraph(self, element: Any, why: str | None) -> Iterator[Block]:
        text = _text(element)
        style = self._style(element)
        if text:
            marker, depth = self._marker(element, style)
            if CONTENTS_STYLE.match(style.name):
                why = CONTENTS
            yield self._block(
                element, style, Block("paragraph", text, marker=marker, why=why), depth
            )
        for box in element.iter(f"{W}txbxContent"):
            if next(box.iterancestors(ALTERNATE), None) is None:
                yield from self._container(box, why)

    def _block(self, element: Any, style: _Style, block: Block, depth: int | None) -> Block:
        level = _heading_level(element, style)
        if level is not None:
            return replace(block, kind="heading", level=level)
        if self._is_bold(element, style) and _may_head(block):
            return block.run_in()
        if marks_an_item(block.marker) or (depth is None and style.name.startswith("list ")):
            return replace(block, kind="item", depth=depth or 0)
        return block

    def _marker(self, element: Any, style: _Style) -> tuple[str, int | None]:
        """What Word shows before a paragraph, and how deep in its list it stands."""
        own = element.find(f"{W}pPr/{W}numPr")
        number = value(own, "numId") or style.number
        if number is None or number == "0":
            return "", None
        said = value(own, "ilvl")
        if said is not None:
            depth = whole_number(said, 0, LEVELS)
        elif style.depth is not None:
            depth = style.depth
        else:
            depth = self.numbering.level_of_style(number, _style_id(element))
        return self.numbering.next(number, depth), depth

    def _style(self, element: Any) -> _Style:
        return self.styles.get(_style_id(element)) or self.styles.get("Normal") or PLAIN

    def _is_bold(self, element: Any, style: _Style) -> bool:
        runs = [run for run in element.iter(f"{W}r") if _text(run)]
        return bool(runs) and all(_is_on(run.find(f"{W}rPr"), "b", style.bold) for run in runs)

    def _table(self, table: Any, why: str | None) -> Iterator[Block]:
        rows = table.findall(f"{W}tr")
        cells = [row.findall(f".//{W}tc") for row in rows]
        if table.find(f".//{W}tc//{W}tbl") is not None or (len(rows) == 1 and len(cells[0]) == 1):
            for cell in table.findall(f"{W}tr/{W}tc"):
                yield from self._container(cell, why)
            return
        yield from table_blocks(list(self._rows(rows)), why)

    def _rows(self, rows: list[Any]) -> Iterator[Row]:
        """A cell that spans rows stands in each of them."""
        above: dict[int, str] = {}
        all_bold: list[bool] = []
        read: list[Row] = []
        for row in rows:
            texts: list[str] = []
            cells = row.findall(f"{W}tc") + row.findall(f"{W}sdt/{W}sdtContent/{W}tc")
            for cell in cells:
                span = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = span is not None and span.get(f"{W}val", "continue") == "continue"
                text = above.get(len(texts), "") if goes_on else self._cell(cell)
                above[len(texts)] = text
                texts += [text, *[""] * (_columns(cell) - 1)]
            heads = _is_on(row.find(f"{W}trPr"), "tblHeader", False)
            read.append(Row(tuple(texts), heads))
            all_bold.append(self._is_row_bold(cells))
        head_is_bold = len(read) > 1 and all_bold[0] and not all(all_bold)
        if head_is_bold and not any(row.heads for row in read):
            read[0] = replace(read[0], heads=True)
        yield from read

    def _cell(self, cell: Any) -> str:
        shown = []
        for paragraph in cell.iter(f"{W}p"):
            if text := _text(paragraph):
                marker, _ = self._marker(paragraph, self._style(paragraph))
                shown.append(f"{marker} {text}" if marker else text)
        return joined(shown)

    def _is_row_bold(self, cells: list[Any]) -> bool:
        paragraphs = [p for cell in cells for p in cell.iter(f"{W}p") if _text(p)]
        return bool(paragraphs) and all(self._is_bold(p, self._style(p)) for p in paragraphs)


PLAIN = _Style("normal", None, None, None, False)


def _styles(root: Any) -> dict[str, _Style]:
    elements = {e.get(f"{W}styleId"): e for e in root.findall(f"{W}style")}
    return {name: _resolved(name, elements) for name in elements if name}


def _resolved(name: str, elements: dict[str, Any]) -> _Style:
    """A style with what it inherits."""
    chain: list[Any] = []
    at: str | None = name
    while at in elements and elements[at] not in chain:
        chain.append(elements[at])
        at = value(chain[-1], "basedOn")
    properties = [element.find(f"{W}pPr") for element in chain]
    numbers = [p.find(f"{W}numPr") for p in properties if p is not None]
    outline = _first(value(p, "outlineLvl") for p in properties)
    depth = _first(value(n, "ilvl") for n in numbers)
    return _Style(
        name=(value(chain[0], "name") or name).lower(),
        outline=None if outline is None else whole_number(outline, BODY_TEXT, BODY_TEXT),
        number=_first(value(n, "numId") for n in numbers),
        depth=None if depth is None else whole_number(depth, 0, LEVELS),
        bold=any(_is_on(element.find(f"{W}rPr"), "b", False) for element in chain),
    )


def _first(values: Iterator[str | None]) -> str | None:
    return next((found for found in values if found is not None), None)


def _heading_level(element: Any, style: _Style) -> int | None:
    if style.name == "title":
        return 1
    own = value(element.find(f"{W}pPr"), "outlineLvl")
    outline = style.outline if own is None else whole_number(own, BODY_TEXT, BODY_TEXT)
    named = HEADING.match(style.name)
    if outline is None and named:
        outline = int(named[1]) - 1
    # One below the title, which has no outline level of its own.
    return outline + 2 if outline is not None and outline < BODY_TEXT else None


def _may_head(block: Block) -> bool:
    unnumbered = not block.marker or not is_bullet(block.marker)
    return unnumbered and block.may_head


def _is_on(properties: Any, name: str, default: bool) -> bool:
    element = None if properties is None else properties.find(f"{W}{name}")
    return default if element is None else element.get(f"{W}val", "1") not in OFF


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "Contents" in gallery.get(f"{W}val", "")


def _columns(cell: Any) -> int:
    return max(whole_number(value(cell.find(f"{W}tcPr"), "gridSpan"), 1, MOST_SPANNED), 1)


def _style_id(element: Any) -> str:
    return value(element.find(f"{W}pPr"), "pStyle") or ""


def _text(element: Any) -> str:
    """The words as they stand once every change is accepted; what is hidden is left out."""
    return one_line("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in LEFT_OUT:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SHOWN_AS:
            yield SHOWN_AS[child.tag]
        elif child.tag != f"{W}r" or not _is_on(child.find(f"{W}rPr"), "vanish", False):
            yield from _pieces(child)


def _part(document: Any, kind: str) -> Any | None:
    """The root of the part that the document refers to as its numbering, footnotes and so on."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


def _all(part: Any) -> Iterator[Any]:
    found: Iterator[Any] = part._element.iter(f"{W}p")
    return found

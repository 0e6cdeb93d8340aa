"""Makes a proposed document of blocks: what is quoted, under which heading, led in by what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from knowledge.importing.block import TABLE_HEADING, Block, Draft
from knowledge.importing.captions import with_captions
from knowledge.importing.cover import with_title
from knowledge.importing.document import (
    ImportedDocument,
    NotQuotable,
    ProposedHeading,
    ProposedPassage,
)
from knowledge.importing.forms import Form
from knowledge.importing.furniture import marked
from knowledge.importing.markers import apart, nested, number_of
from knowledge.importing.people import people_in
from knowledge.importing.running import without_running
from knowledge.importing.sections import with_sections
from knowledge.importing.source import SourceFile
from knowledge.importing.title import (
    LABEL_WORDS,
    NOTHING_SAID,
    first_heading,
    path_begins_below,
    title_of,
    with_reasons,
)

LEADS_ONLY = 9
"""A sentence of so many words that ends with a colon says nothing without what it leads in."""

HEADS_TABLE = "heads the table below; shown with each of its rows"
INTRODUCES = "introduces what follows; shown with each part of it"

SENTENCE_END = re.compile(r"(?<=[.?!])[”\"')]*\s+(?=[A-Z“\"'(])")
RUN_IN = re.compile(r"([^.:;]{3,80})[.:] \S")
ANNOUNCES = re.compile(
    r"\b(?:following|as follows|these|below|includes?|including)\b", re.IGNORECASE
)


def outlined(source: SourceFile, form: Form, reading: Draft) -> ImportedDocument:
    """Raises ImportRefused where there is nothing to quote."""
    blocks = _blocks(form, reading)
    heading = title_of(blocks)
    title = heading.line if heading else reading.title or first_heading(blocks) or source.name
    outline = _Outline(title, path_begins_below(blocks, heading))
    line = 1
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        outline.add(line, block, following)
        line += block.line.count("\n") + 1
    if not outline.passages:
        raise source.refusal(
            "no paragraph to quote was found in this file; check that it is the whole document and"
            " not its cover or its contents alone"
        )
    return ImportedDocument(
        title=title,
        text="".join(f"{block.line}\n" for block in blocks),
        passages=tuple(outline.passages),
        headings=tuple(outline.headings),
        furniture=tuple(_merged(outline.furniture)),
        people=people_in(blocks, reading.people),
        sha256=source.sha256,
        form=form,
    )


def _blocks(form: Form, reading: Draft) -> list[Block]:
    """What was read, with what only the whole document shows of its parts."""
    read = with_captions(with_sections(without_running(_numbered(reading.blocks))))
    known = list(marked(nested(read)))
    return list(with_reasons(with_title(known, reading.title if form == "html" else None)))


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Numbers apart from the text; a number that stands alone goes to the paragraph below it."""
    waiting: Block | None = None
    for block in blocks:
        if not block.text and not block.marker:
            continue
        block = apart(block)
        if waiting is not None and block.kind == "heading":
            block = replace(block, marker=waiting.marker)
        elif waiting is not None and block.kind == "paragraph" and not block.marker:
            block = replace(block, kind=waiting.kind, depth=waiting.depth, marker=waiting.marker)
        elif waiting is not None:
            yield _alone(waiting)
        waiting = None
        if block.text:
            yield block
        else:
            waiting = block
    if waiting is not None:
        yield _alone(waiting)


def _alone(number: Block) -> Block:
    """A number that no words follow."""
    return replace(number, text=number.marker, marker="", why=NOTHING_SAID)


@dataclass(frozen=True)
class _Introduction:
    """What leads in the items that are deeper than `depth`."""

    depth: int = -1
    sentence: str | None = None
    number: str | None = None


NO_INTRODUCTION = _Introduction()


@dataclass
class _Outline:
    title: str
    begins_below: int
    passages: list[ProposedPassage] = field(default_factory=list)
    headings: list[ProposedHeading] = field(default_factory=list)
    furniture: list[NotQuotable] = field(default_factory=list)
    path: list[ProposedHeading] = field(default_factory=list)
    introductions: list[_Introduction] = field(default_factory=list)
    table_head: str | None = None

    def add(self, line: int, block: Block, following: Block | None) -> None:
        if block.kind not in ("row", "head"):
            self._leave_table(block)
        if block.why:
            self._leave_out(line, block.why)
        elif block.kind == "heading":
            self._head(line, block)
        elif block.kind == "head":
            self.table_head = block.text
            self._leave_out(line, HEADS_TABLE)
        elif block.kind == "row":
            self._quote(line, block, self.table_head or self._above(0).sentence)
        else:
            self._add_words(line, block, following)

    def _add_words(self, line: int, block: Block, following: Block | None) -> None:
        below = self._list_below(block, following)
        depth = block.depth if block.kind == "item" else -1
        if block.kind == "lead" or (below and _only_leads(block)):
            self._leave_out(line, INTRODUCES)
        else:
            lead_in = self._above(depth).sentence if block.kind == "item" else None
            self._quote(line, block, lead_in)
        if block.kind != "item" or block.marker:
            self._introduce(block, depth)

    def _introduce(self, block: Block, depth: int) -> None:
        number = number_of(block.marker)
        if block.kind == "item":
            under = self._above(depth).number
            number = f"{under} {number}" if under and number else number or under
        self._pop(depth)
        self.introductions.append(_Introduction(depth, _introducing(block), number))

    def _list_below(self, block: Block, following: Block | None) -> bool:
        """Whether a list comes next, whose items are deeper. Rows are led in by their own head."""
        if following is None or following.kind != "item" or following.why:
            return False
        return block.kind != "item" or following.depth > block.depth

    def _head(self, line: int, block: Block) -> None:
        heading = ProposedHeading(line, block.level, block.line)
        self.headings.append(heading)
        while self.path and self.path[-1].level >= block.level:
            self.path.pop()
        if block.level > self.begins_below:
            self.path.append(heading)
        sentence = block.text if block.text.endswith(":") else None
        self.introductions = [_Introduction(sentence=sentence)]

    def _leave_table(self, block: Block) -> None:
        self.table_head = None
        if block.kind != "heading":
            self.path = [h for h in self.path if h.level != TABLE_HEADING]

    def _leave_out(self, line: int, why: str) -> None:
        self.furniture.append(NotQuotable((line, line), why))

    def _quote(self, line: int, block: Block, lead_in: str | None) -> None:
        kind = block.kind if block.kind in ("item", "row") else "paragraph"
        inside = kind != "paragraph"
        self.passages.append(
            ProposedPassage(
                number=number_of(block.marker),
                label=label_of(block.text),
                text=block.text,
                lines=(line, line + block.text.count("\n")),
                heading=" > ".join(heading.text for heading in self.path) or None,
                lead_in=lead_in,
                kind=kind,
                under=self._above(block.depth).number if inside else None,
            )
        )

    def _above(self, depth: int) -> _Introduction:
        """What leads in an item of this depth, or nothing."""
        return next((i for i in reversed(self.introductions) if i.depth < depth), NO_INTRODUCTION)

    def _pop(self, depth: int) -> None:
        while self.introductions and self.introductions[-1].depth >= depth:
            self.introductions.pop()


def label_of(text: str) -> str:
    """The words that a paragraph opens with as a heading of its own, else its first ones."""
    run_in = RUN_IN.match(text)
    if run_in and len(run_in[1].split()) <= LABEL_WORDS:
        return run_in[1]
    words = text.split()
    if len(words) <= LABEL_WORDS:
        return text.rstrip(".;:,")
    return " ".join(words[:LABEL_WORDS]).rstrip(".;:,") + " …"


def _introducing(block: Block) -> str | None:
    """The last sentence, where it leads in what comes below."""
    last = _sentences(block.text)[-1]
    ends = last[-1:]
    if block.kind == "lead" or ends in ":–—-" or ANNOUNCES.search(last):
        return last
    short = block.kind == "paragraph" and len(last.split()) <= LEADS_ONLY
    return last if short and ends not in ".;?!,)”" else None


def _only_leads(block: Block) -> bool:
    bare = block.kind == "paragraph" and len(_sentences(block.text)) == 1
    return bare and block.words <= LEADS_ONLY and block.text[-1] not in ".;?!"


def _sentences(text: str) -> list[str]:
    return SENTENCE_END.split(text)


def _merged(furniture: Iterable[NotQuotable]) -> Iterator[NotQuotable]:
    """Neighbouring lines with one reason as one."""
    last: NotQuotable | None = None
    for part in furniture:
        if last and last.why == part.why and last.lines[1] + 1 == part.lines[0]:
            last = NotQuotable((last.lines[0], part.lines[1]), part.why)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last

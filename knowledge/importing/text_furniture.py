"""What a text says and does not show as its words: settings, code, remarks, footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.importing.block import Block, joined, one_line
from knowledge.importing.furniture import why_of_footnote
from knowledge.importing.inline_markup import plain
from knowledge.importing.text_lines import TextLines

SETTINGS = "settings of the page, not its text"
CODE = "program code, or a drawing as code"
REMARKED = "a remark that the page does not show"
_AUTHORS = """
author authors speaker speakers host hosts signed-by signed-by-name by
"""
AUTHORS = frozenset(_AUTHORS.split())


@dataclass
class TextSettings:
    """`people` are those that the settings so far name as authors."""

    people: list[str] = field(default_factory=list)

    def block(self, name: str, value: str, line: str) -> Block:
        """The title as a heading, any other setting as what it is."""
        if name.lower() == "title" and value:
            return Block("heading", value, 1)
        if name.lower() in AUTHORS:
            self.people.append(value)
        return left_out(line, SETTINGS)


def left_out(line: str, why: str) -> Block:
    return Block("paragraph", one_line(line), why=why)


def skipped(lines: TextLines) -> Iterator[Block]:
    """The line here as nothing."""
    lines.at += 1
    yield from ()


def footnote(lines: TextLines, opening: str) -> Iterator[Block]:
    """The line here, whose words are `opening`, and the lines below that stand further in."""
    parts = [opening]
    lines.at += 1
    while lines.here.startswith(" ") and lines.here.strip():
        parts.append(lines.take())
    raw = joined(parts)
    yield Block("paragraph", plain(raw), why=why_of_footnote(raw))

"""What Markdown shows by its marks: headings, tables, code, and what site builders add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importing.block import Block, one_line
from knowledge.importing.text_furniture import (
    CODE,
    REMARKED,
    TextSettings,
    footnote,
    left_out,
    skipped,
)
from knowledge.importing.text_lines import TextLines
from knowledge.importing.text_paragraphs import TextParagraphs
from knowledge.importing.text_table import opens_pipe_table, pipe_rows

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*)$")
RULE = re.compile(r" {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})$")
FENCE = re.compile(r"\s*(```|~~~)")
ADMONITION = re.compile(r"\s*:::+[\w -]*(?:\[.*\])?$")
SETTING = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*))?$")
NOTE = re.compile(r"\[\^[^\]]+\]:\s*(.*)$")
LINK_TARGET = re.compile(r"\[[^\]^]+\]:\s+\S+")
COMMENT = re.compile(r"\s*<!--")
PLACE_OF_CONTENTS = re.compile(r"\[\[?_?toc_?\]\]?|\{\{?(?:>?toc)\}?\}|<!-- toc -->", re.IGNORECASE)
ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}$")
"""What follows a heading to name it for links."""

FRONT_MATTER = "---"
FRONT_MATTER_LINES = 60


def is_heading(line: str) -> bool:
    return HEADING.match(line) is not None


@dataclass
class Markdown:
    lines: TextLines
    paragraphs: TextParagraphs
    settings: TextSettings

    def special(self, line: str) -> Iterator[Block] | None:
        """The blocks of what the line begins, or None where it is simply words."""
        if self._opens_front_matter(line):
            return self._front_matter()
        if FENCE.match(line):
            return self._code()
        if found := HEADING.match(line):
            return self._heading(found)
        if opens_pipe_table(self.lines):
            return self.paragraphs.table(pipe_rows(self.lines))
        if found := NOTE.match(line):
            return footnote(self.lines, found[1])
        if COMMENT.match(line):
            return self._comment()
        if PLACE_OF_CONTENTS.fullmatch(line.strip()):
            return skipped(self.lines)
        if LINK_TARGET.match(line) or ADMONITION.match(line):
            return skipped(self.lines)
        if RULE.match(line) and not self.paragraphs.is_open:
            return skipped(self.lines)
        return None

    def _heading(self, found: re.Match[str]) -> Iterator[Block]:
        self.lines.at += 1
        words = ATTRIBUTES.sub("", found[2]).rstrip()
        yield self.paragraphs.heading(_unclosed(words), len(found[1]))

    def _opens_front_matter(self, line: str) -> bool:
        """Settings between two lines of "---", as site builders have them."""
        if line != FRONT_MATTER or self.paragraphs.is_open:
            return False
        below = [self.lines.ahead(count) for count in range(1, FRONT_MATTER_LINES)]
        return SETTING.match(below[0]) is not None and FRONT_MATTER in below

    def _front_matter(self) -> Iterator[Block]:
        self.lines.at += 1
        self.paragraphs.lists.end()
        while (line := self.lines.take()) != FRONT_MATTER:
            if line.strip():
                yield self._setting(line)

    def _setting(self, line: str) -> Block:
        """One that stands further in belongs to the one above, and its title is not the page's."""
        found = SETTING.match(line.strip())
        name = found[1] if found else ""
        value = one_line((found[2] or "") if found else "").strip("\"'")
        further_in = line.startswith(" ") and name.lower() == "title"
        return self.settings.block("" if further_in else name, value, line)

    def _code(self) -> Iterator[Block]:
        opening = self.lines.take()
        fence = opening.strip()[:3]
        yield left_out(opening, CODE)
        while not self.lines.has_ended:
            inside = left_out(self.lines.take(), CODE)
            if inside.text:
                yield inside
            if inside.text.startswith(fence):
                return

    def _comment(self) -> Iterator[Block]:
        """What a page does not show, on however many lines."""
        while not self.lines.has_ended:
            line = self.lines.take()
            if line.strip():
                yield left_out(line, REMARKED)
            if "-->" in line:
                return


def _unclosed(heading: str) -> str:
    """A heading without the signs that may close it: "Aims ##", but "Aims of C#"."""
    bare = heading.rstrip("#")
    return bare.rstrip() if bare != heading and (not bare or bare[-1].isspace()) else heading

"""What reStructuredText shows by its marks: directives, fields, grid tables and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importing.block import RUN_IN_HEADING, Block
from knowledge.importing.furniture import CONTENTS
from knowledge.importing.inline_markup import plain
from knowledge.importing.text_furniture import (
    SETTINGS,
    TextSettings,
    footnote,
    left_out,
    skipped,
)
from knowledge.importing.text_lines import TextLines, indent_of
from knowledge.importing.text_paragraphs import TextParagraphs
from knowledge.importing.text_table import grid_rows, opens_grid

FIELD = re.compile(r":([A-Za-z][\w -]*):(?:\s+(.*))?$")
DIRECTIVE = re.compile(r"(\s*)\.\.\s+([\w-]+)::\s*(.*)$")
OPTION = re.compile(r"\s+:\w[\w-]*:")
NOTE = re.compile(r"\s*\.\. \[[^\]]+\]\s*(.*)$")
REMARK = re.compile(r"\s*\.\.(?:\s|$)")
_WITH_WORDS = """
container note warning important attention caution danger hint tip admonition epigraph topic
sidebar rubric compound pull-quote highlights
"""
WITH_WORDS = frozenset(_WITH_WORDS.split())
WITH_TITLE = frozenset(("admonition", "topic", "sidebar", "rubric"))
LISTS_CONTENTS = frozenset(("contents", "toctree"))


def is_directive(line: str) -> bool:
    return DIRECTIVE.match(line) is not None


@dataclass
class ReStructuredText:
    lines: TextLines
    paragraphs: TextParagraphs
    settings: TextSettings

    def special(self, line: str) -> Iterator[Block] | None:
        """The blocks of what the line begins, or None where it is simply words."""
        if opens_grid(self.lines):
            return self.paragraphs.table(grid_rows(self.lines))
        if found := DIRECTIVE.match(line):
            return self._directive(found)
        if found := NOTE.match(line):
            return footnote(self.lines, found[1])
        if (found := FIELD.match(line)) and not self.paragraphs.is_open:
            return self._field(found)
        if REMARK.match(line):
            return skipped(self.lines)
        return None

    def _directive(self, found: re.Match[str]) -> Iterator[Block]:
        """What holds words is read on; of the others, what they say is not for quoting."""
        self.lines.at += 1
        indent, name = len(found[1]), found[2].lower()
        self.paragraphs.lists.end()
        if name in WITH_WORDS:
            yield from self._opening(name, found[3])
            return
        why = CONTENTS if name in LISTS_CONTENTS else SETTINGS
        yield left_out(found[0], why)
        while not self.lines.has_ended:
            line = self.lines.here
            if line.strip() and indent_of(line) <= indent:
                return
            self.lines.at += 1
            if line.strip():
                yield left_out(line, why)

    def _opening(self, name: str, words: str) -> Iterator[Block]:
        """What stands on the line of a directive that holds words: its title, or the first."""
        while OPTION.match(self.lines.here):
            self.lines.at += 1
        if words and name in WITH_TITLE:
            yield Block("heading", plain(words), RUN_IN_HEADING)
        elif words and name != "container":
            self.paragraphs.begin(indent_of(self.lines.here), "", words)

    def _field(self, found: re.Match[str]) -> Iterator[Block]:
        self.lines.at += 1
        yield self.settings.block(found[1], plain(found[2] or ""), found[0])

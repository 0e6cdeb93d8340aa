"""Headings with a line of signs below them, or above and below, as texts of any kind have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.importing.block import Block
from knowledge.importing.markers import is_bullet, split_marker
from knowledge.importing.text_lines import TextLines
from knowledge.importing.text_paragraphs import TextParagraphs

ADORNMENT = re.compile(r"([=\-~^\"'`*+#:.])\1{2,}$")
LEVELS = {"=": 1, "-": 2}


def is_underlined(line: str, below: str) -> bool:
    signs = ADORNMENT.fullmatch(below) is not None
    return signs and bool(line.strip()) and len(below) >= len(line)


@dataclass
class UnderlinedHeadings:
    """`levels`: of the signs so far. They stand for levels in the order in which they come."""

    lines: TextLines
    paragraphs: TextParagraphs
    levels: dict[str, int] = field(default_factory=lambda: dict(LEVELS))

    def special(self, line: str) -> Iterator[Block] | None:
        """The heading that the line begins, or None."""
        over = ADORNMENT.fullmatch(line) is not None
        if over and self.lines.ahead(2) == line and self.lines.ahead(1).strip():
            level = 1 if line[0] == "=" else self._level(f"over{line[0]}")
            return self._read(self.lines.ahead(1), level, 3)
        below = self.lines.ahead(1)
        if over or not self._underlines(below) or self._is_item(line):
            return None
        if len(below) < min(len(line.strip()), 4):
            return None
        return self._read(line, self._level(below[0]), 2)

    def _underlines(self, below: str) -> bool:
        """Whether the line below goes with the one here, and not with a heading under it."""
        if self.lines.ahead(3) == below and self.lines.ahead(2).strip():
            return False
        return not self.paragraphs.is_open and ADORNMENT.fullmatch(below) is not None

    def _read(self, raw: str, level: int, count: int) -> Iterator[Block]:
        self.lines.at += count
        return iter((self.paragraphs.heading(raw, level),))

    def _is_item(self, line: str) -> bool:
        return is_bullet(split_marker(line.strip())[0])

    def _level(self, sign: str) -> int:
        return self.levels.setdefault(sign, max(self.levels.values()) + 1)

"""The documents a person reads, as the tests look at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import regex

from bot.settings import HOME

FENCE = regex.compile(r"^ *```(\w*)\n(.*?)^ *```$", regex.MULTILINE | regex.DOTALL)
INDENTED = regex.compile(r"(?<=\n\n)(?: {4}.*\n)+")
SPAN = regex.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = regex.compile(r"\]\(([^)\s]+)\)")
HEADING = regex.compile(r"^#+ (.+)$", regex.MULTILINE)
DRAWINGS = {"mermaid"}


@dataclass(frozen=True)
class Page:
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(HOME).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def prose(self) -> str:
        """Without the blocks of code."""
        return FENCE.sub("", self.text)

    @cached_property
    def spans(self) -> list[str]:
        """What stands between backticks, in its order."""
        return SPAN.findall(self.prose)

    @cached_property
    def lines_of_code(self) -> list[str]:
        """Spans and the lines of blocks: what a person might copy."""
        blocks = [block for kind, block in FENCE.findall(self.text) if kind not in DRAWINGS]
        indented = INDENTED.findall(self.prose)
        return [
            *self.spans,
            *(line.strip() for each in blocks + indented for line in each.split("\n")),
        ]

    @cached_property
    def words_of_code(self) -> list[str]:
        return [word.strip(",;:()\"'") for line in self.lines_of_code for word in line.split()]

    @cached_property
    def anchors(self) -> set[str]:
        """As a renderer of Markdown names the headings."""
        return {
            regex.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in HEADING.findall(self.text)
        }

    def links(self) -> Iterator[tuple[Path, str]]:
        """The file and the anchor of every link that stays in the project."""
        for target in LINK.findall(self.prose):
            if "://" not in target:
                file, _, anchor = target.partition("#")
                yield (self.path.parent / file if file else self.path).resolve(), anchor


DRAWN = HOME / "docs" / "flows"
"""Written by `principles flows`; tests/flows/test_catalogue.py holds them against the flows."""
PAGES = [Page(HOME / "README.md")] + [
    Page(path) for path in sorted((HOME / "docs").rglob("*.md")) if path.parent != DRAWN
]

"""The lines of a text, and the one at which its reader stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class TextLines:
    lines: list[str]
    at: int = 0

    @property
    def here(self) -> str:
        return self.ahead(0)

    @property
    def has_ended(self) -> bool:
        return self.at >= len(self.lines)

    def ahead(self, count: int) -> str:
        """The line so many below the one here, or "" past the end."""
        at = self.at + count
        return self.lines[at] if at < len(self.lines) else ""

    def above(self, count: int) -> str:
        """The line so many above the one here, or "" before the start."""
        return self.lines[self.at - count] if count <= self.at else ""

    def take(self) -> str:
        """The line here, which has then been read."""
        line = self.here
        self.at += 1
        return line

    def next_words(self) -> str:
        """The first line from here on that is not empty, or ""."""
        rest = range(self.at, len(self.lines))
        return next((self.lines[at] for at in rest if self.lines[at].strip()), "")


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())

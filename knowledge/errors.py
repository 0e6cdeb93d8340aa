"""What is wrong with a file that a person edits, and where it stands.

The standard library alone: what runs inside Rasa's environment raises it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KeyPath = tuple[str | int, ...]
"""The way to a part of a file: keys, and places in lists from 0."""


@dataclass(frozen=True)
class Location:
    """Where something stands in the files. `line` is None for what has no line of its own."""

    file: str
    line: int | None = None

    @classmethod
    def of(cls, path: Path, line: int | None = None) -> Location:
        return cls(f"{path.parent.name}/{path.name}", line)

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


NOWHERE = Location("")


@dataclass(frozen=True)
class Violation:
    """`text` says what is wrong and what to do about it, to the person who edits the file."""

    place: Location
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class ContentError(ValueError):
    """Files that cannot be used: every violation, one a line, starts with file and line."""

    def __init__(self, *violations: Violation) -> None:
        super().__init__("\n".join(map(str, violations)))
        self.violations = violations

    @classmethod
    def at(cls, place: Location, text: str) -> ContentError:
        return cls(Violation(place, text))

"""What is wrong with a file that a person edits, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Location:
    """Where something stands in the files, for messages to the person who edits them."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Location("", 0)


class ContentError(ValueError):
    """A file that cannot be used; the message starts with file and line."""

    def __init__(self, place: Location, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem

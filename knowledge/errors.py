from __future__ import annotations

from pathlib import Path


class KnowledgeError(ValueError):
    """A knowledge file that cannot be used: names the file, the line and the id."""

    def __init__(self, file: Path, problem: str, *, line: int | None = None, id: str | None = None):
        place = file.name if line is None else f"{file.name}:{line}"
        super().__init__(f"{place}: {f'{id}: ' if id else ''}{problem}")

"""What an edition changed in the one that it was made from, file by file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class ChangedFile:
    """`path` is in the content's folder."""

    path: PurePosixPath
    change: Change

    @property
    def document(self) -> str | None:
        """The id of the document that the file belongs to, if it belongs to one."""
        parts = self.path.parts
        return parts[1] if len(parts) > 2 and parts[0] == "documents" else None

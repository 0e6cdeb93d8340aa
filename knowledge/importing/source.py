"""A file to import: its bytes, and how it is refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.errors import ContentError, Location, Violation
from knowledge.importing.limits import MAX_BYTES, MEGABYTE


class ImportRefused(ContentError):
    """A file that is not imported: what is wrong with it, and what to do next."""


@dataclass(frozen=True)
class SourceFile:
    path: Path
    content: bytes

    @classmethod
    def read(cls, path: Path) -> SourceFile:
        """Raises ImportRefused for a file that is not there, is empty, or is too large."""
        nothing = cls(path, b"")
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except (FileNotFoundError, IsADirectoryError):
            raise nothing.refusal("there is no such file; choose the file again") from None
        except PermissionError:
            problem = "this file may not be read; copy it to a folder of your own and try again"
            raise nothing.refusal(problem) from None
        if len(content) > MAX_BYTES:
            raise nothing.refusal(
                f"this file is larger than {MAX_BYTES // MEGABYTE} MB; take out the pictures,"
                " or split the document, and import each part"
            )
        if not content.strip():
            raise nothing.refusal("this file is empty; save the document again and check its size")
        return cls(path, content)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def ending(self) -> str:
        return self.path.suffix.lower()

    def refusal(self, problem: str) -> ImportRefused:
        return ImportRefused(Violation(Location.of(self.path), problem))

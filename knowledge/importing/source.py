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
        source = cls(path, cls._content(path))
        if len(source.content) > MAX_BYTES:
            raise source.refusal(
                f"this file is larger than {MAX_BYTES // MEGABYTE} MB; take out the pictures,"
                " or split the document, and import each part"
            )
        if not source.content.strip():
            raise source.refusal("this file is empty; save the document again and check its size")
        return source

    @classmethod
    def _content(cls, path: Path) -> bytes:
        """What is no ordinary file, such as a pipe, may never end, and is not opened."""
        nothing = cls(path, b"")
        try:
            if path.is_file():
                with path.open("rb") as file:
                    return file.read(MAX_BYTES + 1)
        except PermissionError:
            problem = "this file may not be read; copy it to a folder of your own and try again"
            raise nothing.refusal(problem) from None
        except (OSError, ValueError):
            pass  # A name that no file can have.
        raise nothing.refusal("there is no such file; choose the file again")

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def ending(self) -> str:
        return self.path.suffix.lower().strip()

    @property
    def name(self) -> str:
        """The file's name without its ending, as it may be shown."""
        return _shown(self.path.stem)

    def refusal(self, problem: str) -> ImportRefused:
        place = Location(_shown(str(Location.of(self.path)).lstrip("/")))
        return ImportRefused(Violation(place, problem))


def _shown(name: str) -> str:
    """A name can hold signs that steer a terminal, or that no file can keep."""
    return "".join(sign if sign.isprintable() else "�" for sign in name)

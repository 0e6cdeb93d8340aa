"""What a record was made of, so that the same content can make the same record again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from knowledge.editions import SHIPPED
from knowledge.library import Library

MADE = "%Y-%m-%dT%H:%MZ"
UNKNOWN = "unknown"
"""Of an outcome from before editions were noted."""


@dataclass(frozen=True)
class Stamp:
    """When the walk ended, to the minute (UTC), and the version of the sources quoted: the id of
    their edition, and for what came with a release a hash after it, where that is known."""

    at: datetime
    sources: str

    def __post_init__(self) -> None:
        at = self.at.astimezone(UTC).replace(second=0, microsecond=0)
        object.__setattr__(self, "at", at)

    def line(self, flows: str, path: Sequence[str]) -> str:
        """The stamp as printed: time, versions, and each choice as `flow/step/option`."""
        chosen = " ".join(choice.removeprefix("step:") for choice in path)
        return f"{self.at:{MADE}} sources {self.sources} flows {flows} path {chosen}"


@dataclass(frozen=True)
class Printed:
    """A printed stamp, taken apart."""

    stamp: Stamp
    flows: str
    path: tuple[str, ...]

    @classmethod
    def parse(cls, line: str) -> Printed:
        """Raises ValueError when the line is not a stamp."""
        words = line.split()
        if len(words) < 7 or (words[1], words[3], words[5]) != ("sources", "flows", "path"):
            raise ValueError("this is not a stamp: copy the whole line from the record")
        at = datetime.strptime(words[0], MADE).replace(tzinfo=UTC)
        return cls(Stamp(at, words[2]), words[4], tuple(words[6:]))


def sources_of(edition: str | None, at: datetime, library: Library) -> str:
    """The version of the sources of an outcome that was made from `edition` at that time.

    `library` is what is answered from now, and may be another. Which release `shipped` came with is
    known only while it is the same one: since it was put there.
    """
    if edition is None:
        return UNKNOWN
    now = library.edition
    is_here = edition == SHIPPED and (now is None or (now.id == edition and now.published_at <= at))
    return f"{edition}-{sources_version(library)}" if is_here else edition


def sources_version(library: Library) -> str:
    """A hash of every source and of what is quoted from it: twelve hexadecimal digits."""
    digest = hashlib.sha256()
    for document in library.documents.values():
        digest.update(document.sha256.encode())
    for passage in library.passages.values():
        digest.update(f"{passage.id}\0{passage.text}\0".encode())
    return digest.hexdigest()[:12]

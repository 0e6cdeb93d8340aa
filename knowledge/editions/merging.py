"""Two sets of changes to the same content as one, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Side = Literal["mine", "theirs"]
DOCUMENTS = "documents"


@dataclass(frozen=True)
class Merge(Generic[T]):
    """`files` is what comes of both; `open` names what both changed and nobody has chosen of.

    What is `open` stands in `files` as it is on my side.
    """

    files: dict[PurePosixPath, T]
    open: tuple[str, ...]


def merged(
    base: Mapping[PurePosixPath, T],
    mine: Mapping[PurePosixPath, T],
    theirs: Mapping[PurePosixPath, T],
    chosen: Mapping[str, Side],
) -> Merge[T]:
    """What changed on one side only is taken over. `chosen` says which side counts of what changed
    on both, by the names in `open`: a file's path, or a document's folder where one side took it
    out or both put it in."""
    files: dict[PurePosixPath, T] = {}
    undecided: list[str] = []
    for name, paths in _parts(base, mine, theirs).items():
        sides = [{p: side[p] for p in paths if p in side} for side in (base, mine, theirs)]
        before, ours, other = sides
        if ours == other or other == before:
            files |= ours
        elif ours == before:
            files |= other
        else:
            if name not in chosen:
                undecided.append(name)
            files |= other if chosen.get(name) == "theirs" else ours
    return Merge(files, tuple(sorted(undecided)))


def _parts(*sides: Mapping[PurePosixPath, T]) -> dict[str, set[PurePosixPath]]:
    """The paths that are decided on together, by the name they have for whoever decides."""
    everywhere = {path for side in sides for path in side}
    folders = {_folder(path) for path in everywhere}
    whole = {
        folder
        for folder in folders
        if folder and not all(any(_folder(path) == folder for path in side) for side in sides)
    }
    parts: dict[str, set[PurePosixPath]] = {}
    for path in everywhere:
        folder = _folder(path)
        name = folder if folder in whole else str(path)
        parts.setdefault(name, set()).add(path)
    return parts


def _folder(path: PurePosixPath) -> str:
    """Of the document that the file belongs to; nothing for another file."""
    inside_document = path.parts[0] == DOCUMENTS and len(path.parts) > len(("documents", "id"))
    return "/".join(path.parts[:2]) if inside_document else ""

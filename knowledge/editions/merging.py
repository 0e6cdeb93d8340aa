"""Two sets of changes to the same content as one, file by file, and in a file entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, Protocol, TypeVar

from knowledge.editions.weaving import Side, Weave, woven

T = TypeVar("T")
Files = Mapping[PurePosixPath, T]
DOCUMENTS = "documents"
TEXT_AND_CUT = {"text.txt", "passages.json"}
"""Of a document: neither means anything without the other."""


class Kept(Protocol[T]):
    """Where the contents of files are kept."""

    def read(self, kept: T) -> bytes: ...

    def keep(self, content: bytes) -> T: ...


@dataclass(frozen=True)
class Clash(Generic[T]):
    """What both sides changed: the files that it stands in, with it as it was before and as each
    side has it, and with all else the same. `name` names it in a choice."""

    name: str
    base: Files[T]
    mine: Files[T]
    theirs: Files[T]


@dataclass(frozen=True)
class Merge(Generic[T]):
    """`files` is what comes of both; `clashes`: what both changed and nobody has chosen of.

    What clashes stands in `files` as it is on my side.
    """

    files: dict[PurePosixPath, T]
    clashes: tuple[Clash[T], ...]

    @property
    def open(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.clashes)


def merged(
    base: Files[T],
    mine: Files[T],
    theirs: Files[T],
    chosen: Mapping[str, Side],
    kept: Kept[T] | None = None,
) -> Merge[T]:
    """What changed on one side only is taken over. `chosen` says which side counts of what changed
    on both, by its name: an entry of a file, a file where its entries cannot be told apart, or a
    document's folder where one side took it out, both put it in or both changed its text. Without
    `kept` no file is taken apart."""
    files: dict[PurePosixPath, T] = {}
    clashes: list[Clash[T]] = []
    for name, paths in _parts(base, mine, theirs).items():
        before, ours, other = (
            {path: side[path] for path in paths if path in side} for side in (base, mine, theirs)
        )
        if ours == other or other == before:
            files |= ours
        elif ours == before:
            files |= other
        elif kept and (weave := _woven(paths, before, ours, other, kept)):
            files[weave.path] = kept.keep(weave.written(_of(weave, chosen)))
            clashes += (
                _clash(weave, entry, kept)
                for entry in weave.open
                if _entry(weave, entry) not in chosen
            )
        else:
            if name not in chosen:
                clashes.append(Clash(name, before, ours, other))
            files |= other if chosen.get(name) == "theirs" else ours
    return Merge(files, tuple(sorted(clashes, key=lambda each: each.name)))


def _woven(
    paths: set[PurePosixPath], base: Files[T], mine: Files[T], theirs: Files[T], kept: Kept[T]
) -> Weave | None:
    """Of a single file that is there on all sides."""
    path, *more = paths
    if more or not all(path in side for side in (base, mine, theirs)):
        return None
    return woven(path, *(kept.read(side[path]) for side in (base, mine, theirs)))


def _of(weave: Weave, chosen: Mapping[str, Side]) -> dict[str, Side]:
    named = {entry: chosen.get(_entry(weave, entry)) for entry in weave.open}
    return {entry: side for entry, side in named.items() if side}


def _clash(weave: Weave, entry: str, kept: Kept[T]) -> Clash[T]:
    base, mine, theirs = (
        {weave.path: kept.keep(weave.variant(entry, side))} for side in ("base", "mine", "theirs")
    )
    return Clash(_entry(weave, entry), base, mine, theirs)


def _entry(weave: Weave, entry: str) -> str:
    return f"{weave.path}#{entry}"


def _parts(base: Files[T], mine: Files[T], theirs: Files[T]) -> dict[str, set[PurePosixPath]]:
    """The paths that are decided on together, by the name they have in a choice."""
    sides = (base, mine, theirs)
    everywhere = {path for side in sides for path in side}
    there = [{_folder(path) for path in side} for side in sides]
    folders = set().union(*there) - {""}
    whole = {
        folder
        for folder in folders
        if not all(folder in side for side in there)
        or _both_changed_the_text(folder, base, mine, theirs)
    }
    parts: dict[str, set[PurePosixPath]] = {}
    for path in everywhere:
        folder = _folder(path)
        name = folder if folder in whole else str(path)
        parts.setdefault(name, set()).add(path)
    return parts


def _both_changed_the_text(folder: str, base: Files[T], mine: Files[T], theirs: Files[T]) -> bool:
    """And not in the same way."""
    before, ours, other = (
        [side.get(PurePosixPath(folder, name)) for name in sorted(TEXT_AND_CUT)]
        for side in (base, mine, theirs)
    )
    return before not in (ours, other) and ours != other


def _folder(path: PurePosixPath) -> str:
    """Of the document that the file belongs to; nothing for another file."""
    inside_document = path.parts[0] == DOCUMENTS and len(path.parts) > len(("documents", "id"))
    return "/".join(path.parts[:2]) if inside_document else ""

"""Which files are content: what an edition holds, and code and settings are not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from filecmp import cmp
from pathlib import Path, PurePosixPath

from knowledge.errors import ContentError, Location

CONTENT = (
    "documents",
    "gaps.jsonl",
    "glossary.yaml",
    "notices.yaml",
    "out_of_scope.jsonl",
    "questions.jsonl",
    "relations.yaml",
    "words.yaml",
)
"""Files and folders, by their names in the content's folder. What the mistakes cost
(`costs.yaml`) is a setting of safety: no edition changes it."""


def is_content(path: PurePosixPath) -> bool:
    """Whether an edition holds the file with this path. What a system hides is none of it."""
    return path.parts[0] in CONTENT and not any(part.startswith(".") for part in path.parts)


def is_original(path: PurePosixPath) -> bool:
    """Whether it is the file that a document was imported from: it is kept, and no server reads
    it."""
    return path.match(f"{CONTENT[0]}/*/original.*")


def content_of(folder: Path) -> Iterator[PurePosixPath]:
    """The path of every file of content below `folder`, in order.

    Raises ContentError for a link, whose target might be anything, and for a name that cannot be
    kept.
    """
    for path in sorted(folder.rglob("*")):
        inside = PurePosixPath(path.relative_to(folder).as_posix())
        if not is_content(inside):
            continue
        if not _is_utf8(inside):
            place = Location(str(inside).encode("utf-8", "replace").decode())
            raise ContentError.at(place, "this name is not in UTF-8; name it anew")
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            problem = "this is a link or a device; put the file itself here"
            raise ContentError.at(Location.of(path), problem)
        if path.is_file():
            yield inside


def copy_content(folder: Path, to: Path) -> None:
    for inside in content_of(folder):
        (to / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / inside, to / inside)


def same_content(one: Path, other: Path) -> bool:
    inside = list(content_of(one))
    return inside == list(content_of(other)) and all(
        cmp(one / path, other / path, shallow=False) for path in inside
    )


def _is_utf8(path: PurePosixPath) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def newest(folder: Path) -> datetime:
    """When the last of the files was written, in UTC."""
    times = [(folder / inside).stat().st_mtime for inside in content_of(folder)]
    return datetime.fromtimestamp(max(times, default=0.0), UTC).replace(microsecond=0)

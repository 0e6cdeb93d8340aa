"""Which files are content: what an edition holds, and code and settings are not."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from filecmp import cmp
from pathlib import Path, PurePosixPath

from knowledge.errors import ContentError, Location

OPTIONAL = ("evaluation.jsonl",)
"""What an edition need not hold: those from before it was content do not."""
CONTENT = (
    "documents",
    *OPTIONAL,
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

DATA = "data"
OF_DATA = (
    "citation_rules.yaml",
    "contacts.yaml",
    "flows",
    "flows_shared.yaml",
    "induction",
    "notices.yaml",
)
"""What is content below `data`, in an edition as in a checkout. What safety, redaction and
training read lies there too and is none of it, and neither is wording that belongs to the code,
such as what the assistant says of itself: no edition changes that."""


def is_content(path: PurePosixPath) -> bool:
    """Whether an edition holds the file with this path. What a system hides is none of it."""
    if any(part.startswith(".") for part in path.parts):
        return False
    if path.parts[0] == DATA:
        return path.parts[1:2] != () and path.parts[1] in OF_DATA
    return path.parts[0] in CONTENT


def is_original(path: PurePosixPath) -> bool:
    """Whether it is the file that a document was imported from: it is kept, and no server reads
    it."""
    return path.match(f"{CONTENT[0]}/*/original.*")


def content_of(folder: Path, below: str = "") -> Iterator[PurePosixPath]:
    """The path of every file of content in `folder`, which is `below` of an edition, in order.

    Raises ContentError for a link, whose target might be anything, and for a name that cannot be
    kept.
    """
    for path in sorted(folder.rglob("*")):
        inside = PurePosixPath(below, path.relative_to(folder).as_posix())
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


def files_of(folder: Path, data: Path | None = None) -> dict[PurePosixPath, Path]:
    """Every file of content by its path in an edition, with where it lies.

    `data` is the folder `data` of the checkout: what `folder` lacks of it, whole files and folders,
    is taken from there. So has it been shipped, and so is an edition read that was published
    before it was content. Raises ContentError.
    """
    found = {inside: folder / inside for inside in content_of(folder)}
    own = {inside.parts[1] for inside in found if inside.parts[0] == DATA}
    for inside in content_of(data, DATA) if data else ():
        if data and inside.parts[1] not in own:
            found[inside] = data / inside.relative_to(DATA)
    return found


def copy_content(folder: Path, to: Path, data: Path | None = None) -> None:
    for inside, path in files_of(folder, data).items():
        _copy(path, to / inside)


def add_lacking(folder: Path, data: Path | None) -> None:
    """What an edition in `folder` lacks of `data`, so that it can be changed like the rest."""
    for inside, path in files_of(folder, data).items():
        if path != folder / inside:
            _copy(path, folder / inside)


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)


def same_files(one: Mapping[PurePosixPath, Path], other: Mapping[PurePosixPath, Path]) -> bool:
    return one.keys() == other.keys() and all(
        cmp(path, other[inside], shallow=False) for inside, path in one.items()
    )


def is_same(one: Path, other: Path) -> bool:
    """Whether both hold the same; a file that is not there is the same as none."""
    there = one.is_file(), other.is_file()
    return cmp(one, other, shallow=False) if all(there) else not any(there)


def _is_utf8(path: PurePosixPath) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def newest(files: Iterable[Path]) -> datetime:
    """When the last of the files was written, in UTC."""
    times = [path.stat().st_mtime for path in files]
    return datetime.fromtimestamp(max(times, default=0.0), UTC).replace(microsecond=0)

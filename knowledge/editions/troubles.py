"""What can be wrong with the folders of the editions, in words for whoever looks after them."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

from knowledge.errors import ContentError, Location, Violation

FULL = {errno.ENOSPC, errno.EDQUOT}
SHUT = {errno.EACCES, errno.EPERM, errno.EROFS}


class EditionsUnusable(ContentError):
    """The folders cannot be used as they are now; the content in them may be sound."""


def unusable(place: Path, problem: str) -> EditionsUnusable:
    return EditionsUnusable(Violation(Location(str(place)), problem))


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """What the system refuses within becomes a ContentError that says what to do."""
    try:
        yield
    except OSError as refused:
        raise _of_the_system(folder, refused) from refused


@contextmanager
def told_as_damage(repository: Path) -> Iterator[None]:
    """The same, and so does what reading a damaged repository leads to. Anything else passes."""
    try:
        with told_plainly(repository):
            yield
    except ContentError:
        raise
    except Exception as failure:
        if not _is_damage(failure):
            raise
        problem = (
            f"the editions kept here are damaged ({type(failure).__name__}). Put the folder back"
            " from a backup"
        )
        raise unusable(repository, problem) from failure


def _is_damage(failure: Exception) -> bool:
    """Whether a reader failed: what a cut object leads to in dulwich has no one type."""
    if isinstance(failure, MemoryError):
        return False
    if isinstance(failure, KeyError | ValueError):
        return True
    frames = (frame for frame, _ in walk_tb(failure.__traceback__))
    return any(frame.f_globals.get("__name__", "").startswith("dulwich.") for frame in frames)


def _of_the_system(folder: Path, refused: OSError) -> ContentError:
    place = Path(refused.filename) if isinstance(refused.filename, str) else folder
    if refused.errno in FULL:
        return unusable(place, "the disk is full. Make room and do the same again")
    if refused.errno in SHUT:
        problem = (
            "this account may not read or write here. Let the account that runs the assistant"
            " own the folder, and run the command as that account"
        )
        return unusable(place, problem)
    if refused.errno in {errno.ENOTDIR, errno.EEXIST}:
        return unusable(place, "a folder is needed here, and this is a file. Move it away")
    return unusable(place, f"this cannot be used: {refused.strerror or type(refused).__name__}")

"""The state folder, for the account that runs the assistant and for nobody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_IRWXG, S_IRWXO

from bot.errors import UserFacingError

OTHERS = S_IRWXG | S_IRWXO


def make_private(folder: Path) -> None:
    """Makes the folder and shuts it: what is in it, and what this process and its children write.

    Raises UserFacingError when it can be read by others and belongs to another account.
    """
    os.umask(OTHERS)
    folder.mkdir(parents=True, exist_ok=True)
    for path in _everything(folder):
        # A journal may go away meanwhile.
        with suppress(FileNotFoundError):
            mode = S_IMODE(path.lstat().st_mode)
            if mode & OTHERS and not path.is_symlink():
                _shut(path, mode & ~OTHERS, folder)


def _everything(folder: Path) -> Iterator[Path]:
    yield folder
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name) for name in (*folders, *files))


def _shut(path: Path, mode: int, folder: Path) -> None:
    try:
        path.chmod(mode)
    except PermissionError:
        raise UserFacingError(
            f"{path} can be opened by other accounts of this machine and belongs to one of them."
            f" Set FP_STATE_DIR to a folder inside {folder} that does not exist yet, or run as"
            " the account that owns it."
        ) from None

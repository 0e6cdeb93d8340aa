"""Trained numbers on the disk: read whole and sound, or not at all."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.errors import UserFacingError

MADE_FROM: Final = "made_from"
"""The array that holds the fingerprint of what the others were trained from, and how."""


def made_from(path: Path) -> str:
    """The fingerprint that training wrote into the file. Raises UserFacingError."""
    return str(read_weights(path, MADE_FROM)[MADE_FROM])


def write_weights(path: Path, fingerprint: str, **arrays: Any) -> None:
    """The arrays, compressed, and what they were made from."""
    np.savez_compressed(path, **{**arrays, MADE_FROM: np.array(fingerprint)})


def read_weights(path: Path, *names: str) -> dict[str, NDArray[Any]]:
    """The arrays called `names`.

    Raises UserFacingError unless all are there and all numbers are finite.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in names}
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        raise _damaged(path, str(error)) from error
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise _damaged(path, f"{name} holds something that is not a number")
    return arrays


def _damaged(path: Path, problem: str) -> UserFacingError:
    return UserFacingError(
        f"{path.name}, by which messages are read, cannot be used: {problem}.\n"
        "Take the file from the release again, or make it with:"
        " python -m bot.understanding.training"
    )

"""Vectors of texts that were embedded before, so that a change embeds only what is new."""

from __future__ import annotations

import hashlib
import logging
import os
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from knowledge.encoder import Vectors, text_reading

MOST = 100_000
"""So many are kept, 1.5 kB each; those that were used last stay."""
KEY_BYTES = 16

log = logging.getLogger(__name__)


class KeptVectors:
    """In one file, by a hash of the text; no text stands in it. Not to be shared by threads."""

    def __init__(self, file: Path) -> None:
        """What cannot be read, or is of another model, counts as nothing."""
        self._file = file
        self._vectors: dict[bytes, Vectors] = {}
        try:
            with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
                if stored["model"].item() == text_reading():
                    keys = map(bytes, stored["keys"])
                    self._vectors = dict(zip(keys, stored["vectors"], strict=True))
        except FileNotFoundError:
            pass
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as damage:
            log.warning("Embedding all texts again: %s is damaged (%s).", file, damage)

    def missing(self, texts: Iterable[str]) -> list[str]:
        """Those without a vector, each once."""
        return [text for text in dict.fromkeys(texts) if _key(text) not in self._vectors]

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        self._vectors.update(zip(map(_key, texts), vectors, strict=True))

    def of(self, texts: Sequence[str]) -> Vectors:
        """A row a text. Raises KeyError for one without a vector."""
        return np.stack([self._vectors[_key(text)] for text in texts])

    def write(self, used: Iterable[str]) -> None:
        """With room for few, the texts `used` stay."""
        for key in map(_key, used):
            self._vectors[key] = self._vectors.pop(key)
        kept = dict(list(self._vectors.items())[-MOST:])
        fresh = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with fresh.open("wb") as opened:
            np.savez(
                opened,
                model=np.array(text_reading()),
                keys=np.frombuffer(b"".join(kept), np.uint8).reshape(-1, KEY_BYTES),
                vectors=np.stack(list(kept.values())),
            )
        fresh.replace(self._file)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=KEY_BYTES).digest()

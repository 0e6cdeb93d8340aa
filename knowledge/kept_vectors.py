"""Vectors of texts that were embedded before, so that a change embeds only what is new."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from knowledge.encoder import Vectors, text_reading

SPARE = 100_000
"""So many stay that are not in use, 3 kB each, for an edition that is taken back or a preview."""
PATIENCE_S = 60.0
"""Another process may be writing: a batch of vectors takes it a second."""
KEY_BYTES = 16
SCHEMA = """
CREATE TABLE model (reading TEXT NOT NULL);
CREATE TABLE vectors (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, vector BLOB NOT NULL);
"""

log = logging.getLogger(__name__)


class KeptVectors:
    """In one SQLite file, by a hash of the text; no text stands in it. Several processes may use it
    at once, each thread with one of its own.

    What is added is on the disk at once, so that what was embedded before a stop is not lost, and
    only what is new is written.
    """

    def __init__(self, file: Path) -> None:
        """A file that cannot be read, or is of another model, counts as nothing."""
        self._file = file
        try:
            self._database = _opened(file)
        except sqlite3.DatabaseError as damage:
            log.warning("Embedding all texts again: %s is damaged (%s).", file, damage)
            self._database = _anew(file)

    def __enter__(self) -> KeptVectors:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def missing(self, texts: Iterable[str]) -> list[str]:
        """Those without a vector, each once."""
        there = {key for (key,) in self._database.execute("SELECT key FROM vectors")}
        return [text for text in dict.fromkeys(texts) if _key(text) not in there]

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        rows = ((_key(text), row.tobytes()) for text, row in zip(texts, vectors, strict=True))
        with self._database as writing:
            writing.executemany("INSERT OR IGNORE INTO vectors (key, vector) VALUES (?, ?)", rows)

    def of(self, texts: Sequence[str]) -> Vectors:
        """A row a text. Raises KeyError for one without a vector."""
        found = [self._row(text) for text in texts]
        return np.frombuffer(b"".join(found), np.float32).reshape(len(texts), -1)

    def forget_beside(self, used: Iterable[str]) -> None:
        """Of those not `used` the SPARE that were added last stay."""
        with self._database as writing:
            writing.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
            keys = ((_key(text),) for text in used)
            writing.executemany("INSERT OR IGNORE INTO used VALUES (?)", keys)
            writing.execute(
                "DELETE FROM vectors WHERE id IN (SELECT id FROM vectors WHERE key NOT IN used"
                " ORDER BY id DESC LIMIT -1 OFFSET ?)",
                (SPARE,),
            )
            writing.execute("DROP TABLE used")

    def _row(self, text: str) -> bytes:
        query = "SELECT vector FROM vectors WHERE key = ?"
        found: tuple[bytes] | None = self._database.execute(query, (_key(text),)).fetchone()
        if found is None:
            raise KeyError(text)
        return found[0]


def _opened(file: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError."""
    database = sqlite3.connect(file, timeout=PATIENCE_S)
    try:
        if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
            _write_schema(database)
        elif database.execute("SELECT reading FROM model").fetchall() != [(text_reading(),)]:
            database.close()
            return _anew(file)
        return database
    except sqlite3.DatabaseError:
        database.close()
        raise


def _anew(file: Path) -> sqlite3.Connection:
    file.unlink(missing_ok=True)
    return _opened(file)


def _write_schema(database: sqlite3.Connection) -> None:
    with database:
        database.execute("BEGIN IMMEDIATE")
        if database.execute("SELECT 1 FROM sqlite_master").fetchone():
            return
        for statement in filter(str.strip, SCHEMA.split(";")):
            database.execute(statement)
        database.execute("INSERT INTO model VALUES (?)", (text_reading(),))


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=KEY_BYTES).digest()

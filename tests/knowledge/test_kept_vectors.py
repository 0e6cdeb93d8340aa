from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from knowledge import encoder, kept_vectors
from knowledge.encoder import Vectors
from knowledge.kept_vectors import KeptVectors


def vectors(*firsts: float) -> Vectors:
    return np.array([[first, 0.5] for first in firsts], dtype=np.float32)


def missing_in(file: Path, *texts: str) -> list[str]:
    with KeptVectors(file) as kept:
        return kept.missing(texts)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with KeptVectors(tmp_path / "vectors.db") as kept:
        kept.add(["one", "two"], vectors(1, 2))
    return tmp_path / "vectors.db"


def test_what_was_kept_is_not_missing(file: Path) -> None:
    with KeptVectors(file) as kept:
        assert kept.missing(["two", "three", "three", "one"]) == ["three"]
        np.testing.assert_array_equal(kept.of(["two", "one", "two"]), vectors(2, 1, 2))


def test_what_is_not_kept_has_no_vector(file: Path) -> None:
    with KeptVectors(file) as kept, pytest.raises(KeyError, match="three"):
        kept.of(["one", "three"])


def test_no_text_stands_in_the_file(file: Path) -> None:
    content = file.read_bytes()
    assert b"one" not in content
    assert b"two" not in content


@pytest.mark.parametrize("damaged", [b"", b"x" * 100, b"PK\x03\x04"])
def test_a_damaged_file_counts_as_none(file: Path, damaged: bytes) -> None:
    file.write_bytes(damaged)
    with KeptVectors(file) as kept:
        assert kept.missing(["one"]) == ["one"]
        kept.add(["one"], vectors(1))
    assert missing_in(file, "one") == []


def test_the_database_of_something_else_counts_as_none(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE conversations (id TEXT)")
    other.close()
    assert missing_in(file, "one") == ["one"]


def test_vectors_of_other_layers_count_as_none(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = tmp_path / "layers.npz"
    layers.write_bytes(b"other layers")
    monkeypatch.setattr(encoder, "RETRIEVAL_LAYERS", layers)
    assert missing_in(file, "one") == ["one"]


def test_two_may_keep_at_once(file: Path) -> None:
    with KeptVectors(file) as one, KeptVectors(file) as other:
        one.add(["three"], vectors(3))
        other.add(["three", "four"], vectors(3, 4))
        assert one.missing(["one", "two", "three", "four"]) == []


def test_of_what_is_not_in_use_the_last_ones_stay(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_vectors, "SPARE", 1)
    with KeptVectors(file) as kept:
        kept.add(["three", "four"], vectors(3, 4))
        kept.forget_beside(["one"])
        kept.forget_beside(["one"])
    assert missing_in(file, "one", "two", "three", "four") == ["two", "three"]


def test_a_link_to_the_file_is_as_good(file: Path, tmp_path: Path) -> None:
    """As the draft's index has one, to what the live one keeps."""
    link = tmp_path / "elsewhere" / "vectors.db"
    link.parent.mkdir()
    link.symlink_to(file)
    with KeptVectors(link) as kept:
        kept.add(["three"], vectors(3))
    assert missing_in(file, "one", "three") == []
    assert [path.name for path in link.parent.iterdir()] == ["vectors.db"]


def test_nothing_is_left_beside_the_file(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == ["vectors.db"]

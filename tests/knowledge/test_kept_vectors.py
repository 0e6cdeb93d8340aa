from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge import encoder, kept_vectors
from knowledge.encoder import Vectors
from knowledge.kept_vectors import KeptVectors


def vectors(*firsts: float) -> Vectors:
    return np.array([[first, 0.5] for first in firsts], dtype=np.float32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kept = KeptVectors(tmp_path / "vectors.npz")
    kept.add(["one", "two"], vectors(1, 2))
    kept.write(["one", "two"])
    return tmp_path / "vectors.npz"


def test_what_was_kept_is_not_missing(file: Path) -> None:
    kept = KeptVectors(file)
    assert kept.missing(["two", "three", "three", "one"]) == ["three"]
    np.testing.assert_array_equal(kept.of(["two", "one", "two"]), vectors(2, 1, 2))


def test_no_text_stands_in_the_file(file: Path) -> None:
    content = file.read_bytes()
    assert b"one" not in content
    assert b"two" not in content


@pytest.mark.parametrize("damaged", [b"", b"x", b"PK\x03\x04"])
def test_a_damaged_file_counts_as_none(file: Path, damaged: bytes) -> None:
    file.write_bytes(damaged or file.read_bytes()[:-9])
    kept = KeptVectors(file)
    assert kept.missing(["one"]) == ["one"]
    kept.add(["one"], vectors(1))
    kept.write(["one"])
    assert KeptVectors(file).missing(["one"]) == []


def test_vectors_of_other_layers_count_as_none(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = tmp_path / "layers.npz"
    layers.write_bytes(b"other layers")
    monkeypatch.setattr(encoder, "RETRIEVAL_LAYERS", layers)
    assert KeptVectors(file).missing(["one"]) == ["one"]


def test_with_room_for_few_those_in_use_stay(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_vectors, "MOST", 2)
    kept = KeptVectors(file)
    kept.add(["three"], vectors(3))
    kept.write(["one", "three"])
    assert KeptVectors(file).missing(["one", "two", "three"]) == ["two"]


def test_nothing_is_left_beside_the_file(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == ["vectors.npz"]

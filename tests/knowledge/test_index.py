"""An index for each content, stale after every change to what it was built from."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest

import knowledge.encoder
from knowledge import index as made
from knowledge.documents import FILES
from knowledge.encoder import Encoder, Vectors
from knowledge.index import EMBEDDED, INPUTS, TOPICS, Index, Manifest
from knowledge.library import FOLDER
from knowledge.questions import Questions
from knowledge.weights import Learned
from tests.shipped import LIBRARY, RELATIONS

QUESTIONS = Questions.read(LIBRARY)
QUESTIONED = ({"questions": ["who knows"]}, True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*INPUTS, *TOPICS):
        shutil.copy(FOLDER / name, tmp_path)
    shutil.copytree(FOLDER / "documents", tmp_path / "documents")
    return tmp_path


def test_the_same_files_elsewhere_are_the_same(folder: Path) -> None:
    assert Manifest.wanted(folder) == Manifest.wanted(FOLDER)


@pytest.mark.parametrize("name", [*INPUTS, *(f"documents/003/{name}" for name in FILES)])
def test_a_file_that_changes_makes_it_stale(folder: Path, name: str) -> None:
    with (folder / name).open("a") as file:
        file.write("\n")
    assert Manifest.wanted(folder) != Manifest.wanted(FOLDER)


@pytest.mark.parametrize("name", TOPICS)
def test_of_a_gap_only_its_questions_make_it_stale(folder: Path, name: str) -> None:
    """What is replied, whom to ask and what it is mistaken for are not learnt from."""
    first, *others = (folder / name).read_text().splitlines()
    for change, is_stale in (({"why_not": "No.", "ask": ["lado"], "near": []}, False), QUESTIONED):
        line = json.dumps(json.loads(first) | change)
        (folder / name).write_text("\n".join([line, *others]))
        assert (Manifest.wanted(folder) != Manifest.wanted(FOLDER)) is is_stale


def test_a_document_put_in_or_taken_out_makes_it_stale(folder: Path) -> None:
    documents = folder / "documents"
    shutil.copytree(documents / "003", documents / "005")
    assert Manifest.wanted(folder) != Manifest.wanted(FOLDER)
    shutil.rmtree(documents / "005")
    assert Manifest.wanted(folder) == Manifest.wanted(FOLDER)
    shutil.rmtree(documents / "004")
    assert Manifest.wanted(folder) != Manifest.wanted(FOLDER)


def test_other_layers_of_the_sentence_vector_make_it_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Manifest.wanted(FOLDER)
    layers = tmp_path / "layers.npz"
    layers.write_bytes(b"other layers")
    monkeypatch.setattr(knowledge.encoder, "RETRIEVAL_LAYERS", layers)
    assert Manifest.wanted(FOLDER) != before
    assert Manifest.wanted(FOLDER).key != before.key


def test_what_programs_leave_does_not(folder: Path) -> None:
    (folder / "documents" / ".DS_Store").touch()
    (folder / "documents" / "003" / ".text.txt.swp").touch()
    assert Manifest.wanted(folder) == Manifest.wanted(FOLDER)


class CountingEncoder:
    """Notes what it embeds. Equal texts have equal vectors."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def indexed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        rows = [[len(text), len(set(text)), *[1.0] * 382] for text in texts]
        return np.array(rows, dtype=np.float32)


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def learns_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def save(self, folder: Path) -> None:
            for name in ("learned.npz", "phrases.json"):
                (folder / name).write_text("nothing")

    monkeypatch.setattr(made, "_learn", lambda *_: Nothing())
    monkeypatch.setattr(Learned, "load", lambda _: None)


def opened(indexes: Path, folder: Path, encoder: CountingEncoder) -> Index:
    return Index.open(indexes, LIBRARY, QUESTIONS, RELATIONS, cast(Encoder, encoder), None, folder)


def keys(indexes: Path) -> set[str]:
    return {path.name for path in indexes.iterdir() if path.is_dir()}


@pytest.mark.usefixtures("learns_nothing")
def test_another_content_has_an_index_beside_and_embeds_only_what_is_new(
    tmp_path: Path, folder: Path, encoder: CountingEncoder
) -> None:
    indexes = tmp_path / "state" / "index"
    before = opened(indexes, folder, encoder)
    first = Manifest.wanted(folder).key
    assert len(encoder.embedded) == len(set(encoder.embedded)) > 1000
    encoder.embedded.clear()
    line = (folder / "questions.jsonl").read_text().splitlines()[0]
    (folder / "questions.jsonl").write_text(line + "\n")
    few = Questions(QUESTIONS.answered | {"002.P2": ("a question that is new",)}, {}, {})
    Index.open(indexes, LIBRARY, few, RELATIONS, cast(Encoder, encoder), None, folder)
    assert encoder.embedded == ["a question that is new"]
    assert keys(indexes) == {first, Manifest.wanted(folder).key}
    assert before.corpus.passage_ids == LIBRARY.order


@pytest.mark.usefixtures("learns_nothing")
def test_what_was_answered_from_before_is_there_at_once(
    tmp_path: Path, folder: Path, encoder: CountingEncoder
) -> None:
    indexes = tmp_path / "state" / "index"
    opened(indexes, folder, encoder)
    manifest = indexes / Manifest.wanted(folder).key / "manifest.json"
    built = manifest.stat().st_mtime_ns
    words = (folder / "words.yaml").read_text()
    (folder / "words.yaml").write_text(words + "# another content\n")
    opened(indexes, folder, encoder)
    (folder / "words.yaml").write_text(words)
    opened(indexes, folder, encoder)
    assert manifest.stat().st_mtime_ns == built


@pytest.mark.usefixtures("learns_nothing")
def test_the_last_indexes_stay_and_older_ones_go(
    tmp_path: Path, folder: Path, encoder: CountingEncoder
) -> None:
    indexes = tmp_path / "state" / "index"
    indexes.mkdir(parents=True)
    (indexes / "manifest.json").write_text("of an earlier release")
    words = (folder / "words.yaml").read_text()
    made_in_order = []
    for number in range(5):
        (folder / "words.yaml").write_text(f"{words}# {number}\n")
        opened(indexes, folder, encoder)
        made_in_order.append(Manifest.wanted(folder).key)
        os.utime(indexes / made_in_order[-1], ns=(number, number))
    opened(indexes, folder, encoder)
    assert keys(indexes) == set(made_in_order[-3:])
    assert {path.name for path in indexes.iterdir() if path.is_file()} == {EMBEDDED}

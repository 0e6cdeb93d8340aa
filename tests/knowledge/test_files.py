from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.files import entry_of, read_text, read_yaml
from knowledge.glossary import Glossary
from knowledge.library import FOLDER, Library


def test_a_file_that_stops_being_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "notices.yaml"
    file.write_text('a: 1\nb: "two\nc: 3\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"notices\.yaml:\d+: cannot be read from here"):
        read_yaml(file)


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(KnowledgeError, match=r"words\.yaml:2: .*UTF-8"):
        read_text(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="put it back"):
        read_text(tmp_path / "gone.yaml")


def test_what_an_entry_lacks_is_said(tmp_path: Path) -> None:
    said = pytest.raises(KnowledgeError, match="entry 2: meaning is missing")
    with said, entry_of(tmp_path / "g.yaml", "entry 2"):
        {"term": "x"}["meaning"]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("glossary.yaml", "meaning:", "meanin:", "meaning is missing"),
        ("sources.yaml", "publisher:", "publishr:", "a key too many"),
        ("notices.yaml", "review_by:", "reviewed_by:", "review_by is missing"),
        ("notices.yaml", "notices:", "notice:", "notices is missing"),
    ],
)
def test_a_slip_of_a_policy_officer_is_told_plainly(
    tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    file = folder / name
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    read = Glossary.read if name == "glossary.yaml" else Library.read
    with pytest.raises(KnowledgeError, match=said):
        read(folder)

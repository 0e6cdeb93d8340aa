"""When an index is stale: for every change to what it was built from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.documents import FILES
from knowledge.index import INPUTS, Manifest
from knowledge.library import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in INPUTS:
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


def test_a_document_put_in_or_taken_out_makes_it_stale(folder: Path) -> None:
    documents = folder / "documents"
    shutil.copytree(documents / "003", documents / "005")
    assert Manifest.wanted(folder) != Manifest.wanted(FOLDER)
    shutil.rmtree(documents / "005")
    assert Manifest.wanted(folder) == Manifest.wanted(FOLDER)
    shutil.rmtree(documents / "004")
    assert Manifest.wanted(folder) != Manifest.wanted(FOLDER)


def test_what_programs_leave_does_not(folder: Path) -> None:
    (folder / "documents" / ".DS_Store").touch()
    (folder / "documents" / "003" / ".text.txt.swp").touch()
    assert Manifest.wanted(folder) == Manifest.wanted(FOLDER)

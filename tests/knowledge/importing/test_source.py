from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importing import ImportRefused
from knowledge.importing.source import SourceFile


def test_a_file_and_its_names(tmp_path: Path) -> None:
    path = tmp_path / "Neglect v2.DOCX"
    path.write_bytes(b"words")
    source = SourceFile.read(path)
    assert (source.name, source.ending, source.content) == ("Neglect v2", ".docx", b"words")
    assert source.sha256.startswith("dba36bff")


@pytest.mark.parametrize("name", ["missing.txt", "a/b.txt", "nul\x00.txt", "x" * 300])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImportRefused, match="no such file"):
        SourceFile.read(tmp_path / name)


def test_a_refusal_names_the_file_as_it_can_be_shown() -> None:
    assert str(SourceFile(Path("odd\x1b[2J.txt"), b"").refusal("no")) == "odd�[2J.txt: no"

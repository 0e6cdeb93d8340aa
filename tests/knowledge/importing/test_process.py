"""Every form is read in a process of its own, within limits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.importing import ImportRefused, read_document
from knowledge.importing.limits import MEGABYTE, READING, ReadingLimits
from tests.knowledge.importing.making import paragraph, pdf_of, read_within, word_of, written

AT_ONCE = 0.000001
"""A limit that any reading goes over, however quick the machine."""

WORDS = "See the child alone, and record what was said."
FILES: dict[str, str | bytes] = {
    "policy.md": f"# Policy\n\n{WORDS}\n",
    "policy.txt": f"{WORDS}\n",
    "policy.html": f"<html><body><p>{WORDS}</p></body></html>",
    "policy.docx": word_of(paragraph(WORDS)),
    "policy.pdf": pdf_of([[(50, 700, 11, "F1", WORDS)]]),
}


def refusal(path: Path, limits: ReadingLimits = READING) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_within(path, limits)
    return str(refused.value)


@pytest.mark.parametrize("name", FILES)
def test_every_form_is_read_in_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delattr("knowledge.importing.reading.read", raising=False)
    document = read_document(written(tmp_path, name, FILES[name]))
    assert [passage.text for passage in document.passages] == [WORDS]


@pytest.mark.parametrize("name", FILES)
def test_a_limit_on_memory_holds_for_every_form(tmp_path: Path, name: str) -> None:
    limits = ReadingLimits(memory_bytes=40 * MEGABYTE)
    assert refusal(written(tmp_path, name, FILES[name]), limits)


@pytest.mark.parametrize(
    "limits", [ReadingLimits(step_seconds=AT_ONCE), ReadingLimits(seconds=0)], ids=["step", "all"]
)
def test_a_text_that_takes_too_long(tmp_path: Path, limits: ReadingLimits) -> None:
    path = written(tmp_path, "policy.md", FILES["policy.md"])
    assert "reading this text takes too long; split it" in refusal(path, limits)


def test_a_short_file_that_proposes_far_too_much(tmp_path: Path) -> None:
    limits = ReadingLimits(answer_bytes=100_000)
    items = "\n".join(f"- the item {n};" for n in range(200))
    path = written(tmp_path, "policy.md", f"# Policy\n\n{'very ' * 500}like these:\n\n{items}\n")
    assert "more memory" in refusal(path, limits)


def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "policy.txt")
    assert "no such file" in refusal(tmp_path / "policy.txt")
    assert "no such file" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / f"{'long' * 100}.txt")


def test_a_name_steers_no_terminal(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"\x1b[31mcaf\xe9\n.txt")
    odd.write_text(f"{WORDS}\n")
    assert read_document(odd).title == "�[31mcaf��"
    odd.write_text("\x01")
    assert "�[31mcaf��.txt: this is not a text" in refusal(odd)


def test_it_needs_nothing_of_the_surroundings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies in the folder from which somebody calls it is not run."""
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert read_document(written(tmp_path, "policy.txt", FILES["policy.txt"])).passages

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bot.cli import main
from knowledge.importing import DOCUMENT

POLICY = """# Missing children

Author: Jane Harker

## What to do

4.2 If a child is missing, staff do not wait. They must:

(a) ring the police on 101;
(b) tell the manager, at once:
    - in person.

See also the Neglect guidance.
"""


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("bot.cli.console.out.width", 200)
    path = tmp_path / "policy.md"
    path.write_text(POLICY)
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["principles", "content", "propose", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_it_shows_how_a_document_would_be_cut(
    policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, policy) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert lines[:2] == ["Missing children", "Form: Markdown text"]
    assert lines[2].startswith("SHA-256: ")
    assert "Passages: 4 (1 paragraph, 3 list items, 0 table rows)" in lines
    assert "Lines not quotable: 2 of 8" in lines
    at = lines.index("4.2 (a) (list item, line 5)")
    assert lines[at + 1 : at + 4] == [
        "What to do",
        "Led in by: They must:",
        "“ring the police on 101;”",
    ]
    assert "Below 4.2 (b), no number (list item, line 7)" in lines
    at = lines.index("Not quotable")
    assert lines[at + 1 : at + 7] == [
        "Line 2: stands under the title",
        "Author: Jane Harker",
        "Line 8: points to another document or page",
        "See also the Neglect guidance.",
        "Names of people",
        "Jane Harker",
    ]


def test_all_of_it_goes_to_a_file(
    policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "proposal.json"
    assert run(monkeypatch, policy, "--json", to) == 0
    document = DOCUMENT.validate_json(to.read_bytes())
    assert document.passages[1].reference == "4.2 (a)"
    assert document.text.splitlines()[4] == "  (a) ring the police on 101;"
    assert set(json.loads(to.read_text())) == {
        *("title", "text", "passages", "headings", "furniture", "people", "sha256", "form")
    }


def test_a_refusal_is_told_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "policy.pdf").write_bytes(b"%PDF-1.7\njunk")
    to = tmp_path / "proposal.json"
    assert run(monkeypatch, tmp_path / "policy.pdf", "--json", to) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "policy.pdf: this PDF is damaged, or cannot be read; open it, print it" in said.err
    assert "Traceback" not in said.err
    assert len(said.err.strip().splitlines()) <= 2
    assert not to.exists()


def test_the_document_itself_is_not_written_over(
    policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, policy, "--json", policy) == 5
    assert "is the document itself" in capsys.readouterr().err
    assert policy.read_text() == POLICY


def test_a_file_that_cannot_be_written_is_named(
    policy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, policy, "--json", tmp_path / "nowhere" / "proposal.json") == 5
    assert "could not be written: No such file" in capsys.readouterr().err


def test_help_says_that_nothing_is_published(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--help") == 0
    assert "changes nothing and publishes nothing" in " ".join(capsys.readouterr().out.split())

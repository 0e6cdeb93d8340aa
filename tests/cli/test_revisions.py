"""A new edition of a document, at a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.operations.content_folder import open_editions
from bot.settings import Settings
from knowledge.library import FOLDER, Library
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("nobody_answers")

TEXT = (FOLDER / "documents" / "003" / "text.txt").read_text()
NEGOTIABLE = (
    "2.4.4 Professionals should be honest and explicit about professional roles, responsibilities,"
    " powers and expectations and about what is not negotiable.\n"
)


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return written(tmp_path, TEXT.replace("must always come first", "come first"))


def written(folder: Path, text: str) -> Path:
    assert text != TEXT
    (folder / "Key Principles.txt").write_text(text)
    return folder / "Key Principles.txt"


def live() -> str:
    return open_editions(Settings.read()).live().id


def library() -> Library:
    return Library.read(open_editions(Settings.read()).live_folder())


def on_one_line(said: str) -> str:
    return " ".join(said.split())


def test_without_publish_it_shows_what_changes_and_what_cites_that(
    run: Run, edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("revise", "003", edition, "--version", "March 2027") == 0
    said = on_one_line(capsys.readouterr().out)
    assert "Passages: 53 same, 0 moved, 1 changed, 0 removed, 0 new" in said
    assert "the needs of that child [-must always-] come first" in said
    assert re.search(r"flows/new_concern\.yaml:\d+: What “", said)
    assert "[flow/new_concern/o_danger]" in said
    assert "it names the document as it was before" in said
    assert "Would be published as 003" in said
    assert live() == "shipped"


def test_it_is_published_and_the_places_stay_open(
    run: Run, edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run("revise", "003", edition, "--version", "March 2027", "--why", "new", "--publish") == 0
    )
    now = open_editions(Settings.read()).live()
    assert now.summary == "New edition of document 003, Key Principles (Knowsley): March 2027"
    assert (now.who, now.why) == ("ann", "new")
    document = library().documents["003"]
    assert (document.version, document.year) == ("March 2027", 2027)
    assert "come first" in library().passages["003.2.3.4"].text
    assert f"Published edition {now.id}." in capsys.readouterr().err
    assert run("due") in (0, 5)
    assert "cites 003.2.3.4: its source has changed" in capsys.readouterr().out


def test_what_is_gone_and_cited_is_refused_with_every_place(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, TEXT.replace(NEGOTIABLE, ""))
    assert run("revise", "003", file, "--publish") == 1
    said = capsys.readouterr()
    assert "Questions that are taken out, as their passage is removed" in on_one_line(said.out)
    for place in ("flows/plan_family_meeting.yaml:", "content/relations.yaml:", "gaps.jsonl:"):
        assert place in said.err
    assert "What “Do I tell the parents" in said.err
    assert "It will be cited as" in said.err or "No --version is given" in said.err
    assert live() == "shipped"


@pytest.mark.parametrize("document", ["009", "..", ""])
def test_a_document_that_is_not_there_has_no_new_edition(
    run: Run, edition: Path, capsys: pytest.CaptureFixture[str], document: str
) -> None:
    assert run("revise", document, edition, "--publish") == 1
    assert "`principles content list` has the ids" in capsys.readouterr().err
    assert live() == "shipped"


def test_a_refused_file_changes_nothing(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "new.pdf").write_bytes(b"%PDF-1.7\njunk")
    assert run("revise", "003", tmp_path / "new.pdf", "--publish") == 1
    assert "this PDF is damaged" in capsys.readouterr().err


def test_what_cites_a_document_is_listed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("impact", "003") == 0
    said = on_one_line(capsys.readouterr().out)
    assert "003.2.4.4 (§2.4.4) What decisions end with: flows/plan_family_meeting.yaml:" in said
    assert "003 as a whole Notices beside passages:" in said
    assert said.endswith("places cite document 003.")
    assert run("impact", "009") == 5


def test_retiring_lists_the_places_by_kind(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("retire", "003") == 5
    said = capsys.readouterr().err
    assert said.startswith("003 is still cited. Change these places first, then retire it:\n")
    assert "Readings of the induction:\n  induction/" in said
    assert "cites 003.2.4.4\n" in said


def test_a_place_that_would_lose_its_source_is_named_and_nothing_is_changed(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("retire", "001", "--drop-citations") == 5
    said = capsys.readouterr().err
    assert "cites 001.SI.p2" in said
    assert "“Can I share this information without consent?”" in said
    assert live() == "shipped"

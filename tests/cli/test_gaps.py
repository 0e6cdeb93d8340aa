"""Known gaps that a document may answer, at a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.operations.compared_document import ComparedDocument
from bot.operations.content_folder import edited_content
from bot.operations.touched_gaps import TouchedGaps, touched_gaps
from bot.settings import Settings
from knowledge.editions import WaitingDraft
from knowledge.known_gaps import read_gaps
from tests.cli.conftest import Run
from tests.operations.leading import Leading

GAP = "private_fostering"
DOCUMENT = "# Guests\n\nTell the council of a child who stays for four weeks.\n"


@pytest.fixture
def taken_in(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    nobody_answers: None,
) -> None:
    def asked(_: Settings, __: WaitingDraft | None, compared: ComparedDocument) -> TouchedGaps:
        return touched_gaps(Leading(compared.folder, {GAP: "005.p1"}), compared.new_words)

    monkeypatch.setattr("bot.cli.gaps._asked", asked)
    file = tmp_path / "guests.md"
    file.write_text(DOCUMENT)
    assert run("import", file, "--publish") == 0
    assert "`principles content impact 005` says which known gaps" in capsys.readouterr().err


def draft() -> Path:
    waiting, folder = edited_content(Settings.read())
    assert waiting
    return folder


@pytest.mark.usefixtures("taken_in")
def test_they_are_told_and_decided_in_the_draft(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("impact", "005") == 0
    told = capsys.readouterr().out
    assert "Known gaps that it may answer, the likest first: 1" in told
    assert f"{GAP}: Private fostering" in told
    assert "(nobody has decided)" in told
    assert "005.p1 (¶ 1): Tell the council" in told
    assert "“what is private fostering” seems to be answered" in told
    beside = ("decide-gap", "005", GAP, "--passage", "005.p1")
    assert run(*beside, "--stays", "--as-role", "policy officer") == 0
    capsys.readouterr()
    assert run("impact", "005") == 0
    told, said = capsys.readouterr()
    assert "(it stays)" in told
    assert "this is of the draft" in said
    assert run(*beside, "--assign-to", "Bo Example") == 0
    assert run(*beside, "--says", "Only its first step.", "--as-role", "policy officer") == 0
    assert read_gaps(draft())[GAP].why_not == "Only its first step."
    assert run("decide-gap", "005", GAP, "--goes") == 0
    assert GAP not in read_gaps(draft())
    assert "taken out, as document 005 answers it" in capsys.readouterr().err


@pytest.mark.usefixtures("taken_in")
@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("--stays", "--goes"), "Give one of"),
        (("--stays", "--only-here"), "goes with --goes"),
        (("--stays", "--as-role", "policy officer"), "with --passage"),
        (("--stays", "--passage", "005.p1"), "with --as-role"),
        (("--assign-to", "Bo", "--passage", "005.p9"), "there is no passage 005.p9"),
    ],
)
def test_what_is_missing_is_said(
    run: Run, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], says: str
) -> None:
    assert run("decide-gap", "005", GAP, *given) == Exit.FAILED
    assert says in capsys.readouterr().err
    assert run("decide-gap", "005", "nothing", "--goes") == Exit.FAILED
    assert "There is no known gap 'nothing'" in capsys.readouterr().err

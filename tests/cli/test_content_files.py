"""The content as files: exported, changed by hand, checked whole and published."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.editions import told_of_training
from bot.operations.content_folder import open_editions
from bot.settings import Settings
from knowledge.editions import Editions
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("nobody_answers")


@pytest.fixture
def exported(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "exported"
    assert run("export", folder) == 0
    return folder


def replaced(path: Path, was: str, becomes: str) -> None:
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes), "utf-8")


def editions() -> Editions:
    return open_editions(Settings.read())


def test_what_was_changed_by_hand_is_published_and_may_be_changed_again(
    run: Run, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contacts = exported / "data" / "contacts.yaml"
    replaced(contacts, "01632 960002", "01632 960999")
    assert run("publish", exported, "--why", "the front door has moved") == 0
    live = editions().live()
    assert (live.who, live.why) == ("ann", "the front door has moved")
    assert live.summary == "Changed data/contacts.yaml"
    assert "01632 960999" in (editions().live_folder() / "data" / "contacts.yaml").read_text()
    assert "Rasa" not in capsys.readouterr().err
    replaced(contacts, "01632 960999", "01632 960998")
    assert run("publish", exported, "--why", "again") == 0
    assert len(editions().history()) == 3


def test_every_slip_is_named_in_one_run_and_nothing_is_published(
    run: Run, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(exported / "data" / "contacts.yaml", 'detail: "999"', 'detail: "112"')
    replaced(exported / "data" / "flows" / "record_keeping.yaml", "[003.2.6.1]", "[003.9.9]")
    replaced(exported / "data" / "citation_rules.yaml", "never_quotes: [003.", "never: [003.")
    replaced(exported / "glossary.yaml", "term:", "name:")
    (exported / "words.yaml").unlink()
    (exported / "data" / "phrases.yaml").write_text("no content")
    capsys.readouterr()
    assert run("publish", exported, "--why", "a try") == 1
    said = capsys.readouterr().err
    for part in (
        "data/contacts.yaml:",
        "data/citation_rules.yaml:",
        "exported/glossary.yaml:",
        "words.yaml: this is missing",
        "data/phrases.yaml: this is no file of the content",
    ):
        assert part in said
    assert editions().live().id == "shipped"


def test_what_somebody_else_has_published_since_is_not_undone(
    run: Run, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with editions().draft() as draft:
        (draft.folder / "words.yaml").open("a").write("# More\n")
        meanwhile = editions().publish(draft, "bo", "", "More words")
    replaced(exported / "data" / "contacts.yaml", "01632 960002", "01632 960999")
    assert run("publish", exported, "--why", "late") == 5
    said = " ".join(capsys.readouterr().err.split())
    assert f"bo has published edition {meanwhile.id} since" in said
    assert "Export that to another folder" in said
    assert editions().live() == meanwhile


def test_a_folder_that_was_not_exported_is_refused(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("publish", tmp_path, "--why", "a try") == 5
    assert "does not name an edition" in " ".join(capsys.readouterr().err.split())


def test_nothing_is_written_over(run: Run, exported: Path) -> None:
    before = (exported / "words.yaml").read_text()
    assert run("export", exported) == 5
    assert (exported / "words.yaml").read_text() == before


def test_what_rasa_learns_from_is_said(
    run: Run, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flow = exported / "data" / "flows" / "record_keeping.yaml"
    replaced(flow, "triggers:\n", "triggers:\n  - where do I write down the puffins\n")
    assert run("publish", exported, "--why", "puffins") == 0
    assert told_of_training(Settings.read(), editions().live())
    assert "record_keeping (flows)" in capsys.readouterr().err

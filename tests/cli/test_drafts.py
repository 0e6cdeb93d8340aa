"""The changes that wait, at a terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.cli.editions import asked_store
from bot.cli.exits import Exit
from bot.operations.content_folder import open_drafts, open_editions
from bot.settings import Settings
from knowledge.editions import SHIPPED
from knowledge.retiring import take_out
from tests.cli.conftest import Run
from tests.operations.replay.scripted import Scripted

pytestmark = pytest.mark.usefixtures("nobody_answers")

PASSAGE, OTHER = "000.p1", "001.LC"
ASKED = "who may be told"


@pytest.fixture(autouse=True)
def replies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the draft replies, without an index; the live edition replies with the passage."""
    of_draft = {ASKED: PASSAGE}
    written = {PASSAGE: (ASKED,)}
    live, draft = (Scripted(each, written=written) for each in ({ASKED: PASSAGE}, of_draft))
    draft.replies = of_draft
    monkeypatch.setattr("bot.container.open_knowledge", lambda *_: live)
    monkeypatch.setattr("bot.operations.previews.open_draft", lambda *_: draft)
    return of_draft


def waits(words: str = "# More\n") -> None:
    def apply(folder: Path) -> None:
        with (folder / "words.yaml").open("a") as file:
            file.write(words)

    open_drafts(Settings.read()).change("bo", f"Words: {words.strip()}", apply)


def test_what_waits_is_shown_and_published(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("draft") == 0
    assert "Nothing waits to be published." in capsys.readouterr().err
    waits()
    assert run("draft") == 0
    assert "bo: Words: # More" in capsys.readouterr().out
    assert run("draft", "publish", "--why", "agreed") == 0
    live = open_editions(Settings.read()).live()
    assert (live.who, live.summary) == ("ann", "Words: # More")
    assert live.why.startswith("agreed\n\n")
    assert live.why.endswith("bo: Words: # More")
    assert run("draft", "publish") != 0


def test_a_draft_that_cannot_be_answered_from_is_not_published(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    open_drafts(Settings.read()).change("bo", "Out", lambda folder: take_out(folder, "001"))
    assert run("draft", "publish") != 0
    assert "flows/" in capsys.readouterr().err
    assert open_editions(Settings.read()).live().id == SHIPPED


def test_a_check_says_what_gets_worse_and_publishing_refuses_it(
    run: Run, capsys: pytest.CaptureFixture[str], replies: dict[str, str]
) -> None:
    waits()
    assert run("draft", "check") == 0
    assert "No answer got worse." in capsys.readouterr().out
    replies[ASKED] = OTHER
    assert run("draft", "check") == Exit.WORSE
    told = capsys.readouterr().err
    assert "1 answer got worse:" in told
    assert f"Before: answered by {PASSAGE}. With the draft: answered by {OTHER}." in told
    assert run("draft", "publish") == Exit.WORSE
    assert "--accept-regressions" in capsys.readouterr().err
    assert open_editions(Settings.read()).live().id == SHIPPED
    assert run("draft", "publish", "--accept-regressions", "--why", "agreed") == 0
    reason = open_editions(Settings.read()).live().why
    assert reason.startswith("agreed\n\n")
    assert f"this is meant:\n{ASKED}\n" in reason


def test_changes_are_undone_and_discarded(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    waits()
    waits("# Even more\n")
    assert run("draft", "undo") == 0
    assert "Undone: Words: # Even more" in capsys.readouterr().err
    store = asked_store(Settings.read())
    store.settle(["which rota"], "gap", date(2026, 11, 21))
    assert run("draft", "discard", "--yes") == 0
    assert store.settled() == {}
    assert open_drafts(Settings.read()).open() is None

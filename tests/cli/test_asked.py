"""Learning from use, at a terminal."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pytest

from bot.asked.contribution import AskedQuestion, UsageEvent
from bot.asked.store import AskedStore
from bot.cli.exits import Exit
from bot.operations.content_folder import open_editions
from bot.settings import HOME, Settings
from bot.storage.engine import open_store
from knowledge.library import Library
from knowledge.questions import Questions
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("nobody_answers")
TODAY = datetime.now(UTC).date()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AskedStore:
    """With the models of the checkout, so that questions can be put together."""
    models = HOME / "var" / "models"
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "models").symlink_to(models)
    monkeypatch.setenv("FP_KEEP_ASKED", "true")
    return AskedStore(open_store(Settings.read().store_url))


def live() -> Questions:
    folder = open_editions(Settings.read()).live_folder()
    return Questions.read(Library.read(folder), folder)


@pytest.mark.encoder
def test_what_was_asked_is_listed_with_its_group(
    run: Run, store: AskedStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = AskedQuestion(TODAY - timedelta(days=60), "will it rain", "out_of_scope", "", "shipped")
    lado = AskedQuestion(TODAY, "who is the lado", "not_found", "", "shipped")
    other = AskedQuestion(TODAY, "what is the lado", "not_found", "", "shipped")
    for each in (old, lado, lado, other):
        store.add([each])
    assert run("asked", "--json", tmp_path / "asked.json") == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0].split(maxsplit=1)[0] == "3"
    assert "will it rain" not in told
    (group,) = json.loads((tmp_path / "asked.json").read_text())
    assert {each["text"] for each in group["questions"]} == {lado.text, other.text}
    assert run("asked", "--since", "90") == 0
    assert "will it rain" in capsys.readouterr().out


def test_switched_off_it_says_how_to_switch_it_on(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("asked") == 0
    assert "FP_KEEP_ASKED=true" in capsys.readouterr().err


def test_a_question_is_published_for_its_passage(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("add-question", "000.p2", "what is the marmalade protocol")
    assert run(*given) == 0
    assert "Would be published: 1 question written for passage 000.p2" in capsys.readouterr().out
    assert len(open_editions(Settings.read()).history()) == 1
    assert run(*given, "--publish") == 0
    assert live().answered["000.p2"][-1] == given[2]
    assert run(*given, "--publish") == Exit.FAILED
    assert "already" in capsys.readouterr().err
    assert run("add-question", "000.p1", given[2]) == 0
    told = capsys.readouterr().out
    assert "written for passage 000.p1 (questions taken from 000.p2)" in told


def test_a_gap_is_published(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--topic", "Duty rota", "--says", "No rota here.")
    whom = ("--ask", "manager", "--ask", "legal", "--ask-by-name", "the rota's keeper")
    questions = ("--question", "is there a rota", "--near", "000.p1")
    assert run("add-gap", *given, *whom, *questions, "--publish") == 0
    gap = live().gaps["duty_rota"]
    assert gap.near == ("000.p1",)
    assert gap.whom == ("manager", "legal", "the rota's keeper")
    assert run("add-gap", *given, "--ask", "duty manager", *questions) == Exit.FAILED
    told = capsys.readouterr().err
    assert "gaps.jsonl:178: duty_rota_2: there is no contact 'duty manager'" in told
    assert "perhaps 'manager' is meant" in told
    assert run("add-gap", *given, *questions) == Exit.FAILED
    assert "a gap needs whom to ask" in capsys.readouterr().err
    wrong = ("--ask", "manager", "--question", "x", "--near", "999.x")
    assert run("add-gap", *given, *wrong, "--publish") == Exit.FAILED
    assert "there is no passage 999.x" in capsys.readouterr().err


def test_the_report_is_a_word_document(run: Run, store: AskedStore, tmp_path: Path) -> None:
    for _ in range(7):
        store.add(counted=[UsageEvent(TODAY, "", "shipped", "answered")])
    out = tmp_path / "report.docx"
    assert run("report", "--from", str(TODAY), "--to", str(TODAY), "--out", out) == 0
    tables = docx.Document(str(out)).tables
    assert [cell.text for cell in tables[0].rows[1].cells] == ["Answered from the documents", "7"]

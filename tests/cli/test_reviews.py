"""What people have looked at and signed, at a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operations.content_folder import open_drafts, open_editions
from bot.operations.signing import lacking_signatures, mark_needs_two
from bot.settings import Settings
from knowledge.revision.review import Review, read_review
from tests.cli.conftest import Run
from tests.cli.test_revisions import TEXT, written

pytestmark = pytest.mark.usefixtures("nobody_answers")
ROLE = ("--as-role", "policy officer")
DANGER = "flow/new_concern/o_danger"


@pytest.fixture
def revised(
    nobody_answers: None, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, TEXT.replace("must always come first", "come first"))
    assert run("revise", "003", file, "--version", "v2", "--publish") == 0
    capsys.readouterr()


def review() -> Review:
    return read_review(open_editions(Settings.read()).live_folder(), "003")


@pytest.mark.usefixtures("revised")
def test_a_place_is_accepted_by_name_with_who_and_in_which_role(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("accept", "003", DANGER, *ROLE) == 0
    (accepted,) = (each.accepted for each in review().places if each.place == DANGER)
    assert accepted is not None
    assert (accepted.by, accepted.role) == ("ann", "policy officer")
    assert "Accepted 1 place of document 003" in capsys.readouterr().err
    run("due")
    said = capsys.readouterr().out
    assert DANGER not in said
    assert "flow/share_without_consent/o_danger" in said
    assert run("accept", "003", DANGER, *ROLE) == 5
    assert "there is no such place" in capsys.readouterr().err


@pytest.mark.usefixtures("revised")
def test_every_open_place_is_assigned_and_then_accepted(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("assign", "003", "--all", "--to", "bo") == 0
    run("due")
    assert "its source has changed, assigned to bo" in capsys.readouterr().out
    assert run("accept", "003", "--all", *ROLE) == 0
    run("due")
    assert "its source has changed" not in capsys.readouterr().out
    assert run("accept", "003", "--all", *ROLE) == 5
    assert "No place of this document is open." in capsys.readouterr().err


@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize("given", [(), (DANGER, "--all")])
def test_either_places_are_named_or_all_of_them(
    run: Run, capsys: pytest.CaptureFixture[str], given: tuple[str, ...]
) -> None:
    assert run("accept", "003", *given, *ROLE) == 5
    assert "Name the places, or give --all" in capsys.readouterr().err


def test_a_new_edition_that_two_have_to_sign_is_published_by_nobody_alone(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, TEXT.replace("must always come first", "come first"))
    given = ("revise", "003", file, "--version", "v2", "--needs-two")
    live = open_editions(Settings.read()).live()
    assert run(*given, "--publish") == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "Two different people have to sign Key Principles (Knowsley) first" in said
    assert "--draft in place of --publish" in said
    assert "principles content sign" in said
    assert run(*given) == 0
    assert "Two different people have to sign" in " ".join(capsys.readouterr().err.split())
    assert open_editions(Settings.read()).live() == live
    assert run(*given, "--draft") == 0
    assert run(*given, "--draft", "--publish") == 5
    assert run("sign", "003", *ROLE) == 0
    assert run("sign", "003", "--as-role", "lead") == 5
    assert "ann has signed this text already" in capsys.readouterr().err
    assert lacking() == ("Key Principles (Knowsley)",)
    monkeypatch.setattr("getpass.getuser", lambda: "bo")
    assert run("sign", "003", "--as-role", "lead") == 0
    assert lacking() == ()
    assert open_editions(Settings.read()).live() == live


def lacking() -> tuple[str, ...]:
    """What the draft may not be published with, as it stands."""
    editions, drafts = open_editions(Settings.read()), open_drafts(Settings.read())
    draft = drafts.open()
    assert draft is not None
    return lacking_signatures(editions, draft, drafts.folder(draft)).called


@pytest.mark.usefixtures("revised")
def test_what_is_live_is_signed_by_two(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    editions = open_editions(Settings.read())
    with editions.draft() as draft:
        mark_needs_two(draft.folder, "003", needs_two=True)
        editions.publish(draft, "ann", "", "Two have to sign it")
    assert run("sign", "003", *ROLE) == 0
    run("due")
    said = capsys.readouterr().out
    assert "signed by ann (policy officer); it needs a second person" in said
    monkeypatch.setattr("getpass.getuser", lambda: "bo")
    assert run("sign", "003", "--as-role", "lead") == 0
    run("due")
    assert "Document 003" not in capsys.readouterr().out


def test_a_new_edition_asks_for_a_new_signature(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sign", "003", *ROLE) == 0
    file = written(tmp_path, TEXT.replace("must always come first", "come first"))
    assert run("revise", "003", file, "--version", "v2", "--publish") == 0
    capsys.readouterr()
    run("due")
    said = capsys.readouterr().out
    assert "003, Key Principles (Knowsley): its text has changed since it was signed by ann" in said


def test_a_review_that_cannot_be_read_is_a_slip(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    editions = open_editions(Settings.read())
    with editions.draft() as draft:
        (draft.folder / "documents" / "003" / "review.yaml").write_text("places: {}\n")
        editions.publish(draft, "ann", "", "A slip")
    assert run("check") == 1
    assert "003/review.yaml:1: 'places' must be a list" in capsys.readouterr().err

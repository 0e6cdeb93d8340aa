"""The history and the way back, at a terminal, and waiting for a running assistant."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer

from bot.cli import editions as cli
from bot.cli.client import default_url
from bot.cli.editions import asked_store, listed, tried_again, wait_until_live
from bot.operations.content_folder import open_editions
from bot.settings import Settings
from knowledge.documents import read_document_of
from knowledge.editions import DraftIsStale, Edition
from knowledge.known_gaps import GapReply, NewGap, add_gap
from knowledge.retiring import take_out
from knowledge.written_questions import add_question
from tests.cli.conftest import Run
from tests.operations.test_differences import replaced

pytestmark = pytest.mark.usefixtures("nobody_answers")
DAY = date(2026, 11, 21)
NOTICE = """\
notices:
  - id: brand-new
    passages: ["003.2.3.2"]
    kind: local
    text: A new notice.
    certainty: B
    owner: policy officer
    checked_on: 2026-11-21
    review_by: 2027-02-21
    signed_off_by: null
"""
NEW = Edition("0123456789ab", datetime(2026, 11, 29, tzinfo=UTC), "ann", "", "New")


def published(words: str) -> Edition:
    editions = open_editions(Settings.read())
    with editions.draft() as draft:
        with (draft.folder / "words.yaml").open("a") as file:
            file.write(f"# {words}\n")
        return editions.publish(draft, "bo", "because", words)


def test_the_history_is_the_newest_first_with_the_live_one_marked(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    new = published("More words")
    assert run("history") == 0
    first, changes, last = capsys.readouterr().out.splitlines()
    at = f"{new.published_at:%-d %B %Y, %H:%M} UTC"
    assert first == f"{new.id}  {at}, bo: because (live)"
    assert changes == "  More words"
    assert re.fullmatch(r"shipped  .* UTC, First Principles: The content as shipped", last)


def test_a_rollback_says_what_is_live(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    published("More words")
    assert run("rollback", "shipped", "--why", "a slip") == 0
    live = open_editions(Settings.read()).live()
    said = capsys.readouterr().err
    assert f"Published edition {live.id}. Back to edition shipped" in said
    assert "one that is started answers from it." in said
    assert (live.who, live.why) == ("ann", "a slip")


def changed_in_many_ways() -> None:
    """As a policy officer does within a morning."""
    editions = open_editions(Settings.read())
    with editions.draft() as draft:
        folder = draft.folder
        add_question(folder, "003.2.3.2", "what on earth is owed")
        add_gap(
            folder, NewGap(GapReply("Duty rota", "No rota.", ("manager",)), ("which rota",)), DAY
        )
        shutil.copytree(folder / "documents" / "002", folder / "documents" / "012")
        replaced(folder / "data" / "contacts.yaml", "01632 960004", "01632 960999")
        replaced(folder / "notices.yaml", "notices:\n", NOTICE)
        (folder / "evaluation.jsonl").write_text('{"q": "who decides", "kind": "abstain"}\n')
        editions.publish(draft, "bo", "", "Many changes")


def test_what_a_rollback_loses_is_listed_first_and_asked_about_at_a_terminal(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed_in_many_ways()
    asked: list[tuple[str, str]] = []

    def says_no(question: str, *, abort: bool) -> None:
        asked.append((question, capsys.readouterr().out))
        raise typer.Abort

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(typer, "confirm", says_no)
    live = open_editions(Settings.read()).live()
    run("rollback", "shipped")
    ((question, told),) = asked
    assert question == "Go back to this edition?"
    lost, _, other = told.partition("What is otherwise then:")
    title = read_document_of(open_editions(Settings.read()).live_folder(), "002").title
    for each in (title, "Known gap: Duty rota", "who decides", "Taken out: “A new notice.”"):
        assert each in lost
    for each in ("Question taken out: “what on earth is owed”.", "01632 960999", "becomes"):
        assert each in other
    assert open_editions(Settings.read()).live() == live
    assert run("rollback", "shipped", "--yes") == 0


def test_a_rollback_has_the_questions_wait_again_that_it_leaves_unanswered(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    changed_in_many_ways()
    store = asked_store(Settings.read())
    store.settle(["which rota", "what on earth is owed"], "gap", DAY)
    assert run("rollback", "shipped") == 0
    assert "Questions that wait for an answer again: 2" in capsys.readouterr().out
    assert store.settled() == {}


def test_a_rollback_to_what_can_no_longer_be_answered_from_is_refused(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """A flow may cite today what an earlier edition did not hold."""
    editions = open_editions(Settings.read())
    with editions.draft() as draft:
        take_out(draft.folder, "003")
        lacking = editions.publish(draft, "bo", "", "Took out document 003")
    live = editions.rollback("shipped", "bo", "")
    assert run("rollback", lacking.id) == 5
    said = capsys.readouterr().err
    assert said.startswith(f"Edition {lacking.id} can no longer be answered from")
    assert "flows/new_concern.yaml:" in said
    assert editions.live() == live


def test_a_rollback_to_nothing_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    published("More words")
    assert run("rollback", "ffffffffffff") == 5
    assert "there is no edition 'ffffffffffff'" in capsys.readouterr().err


def test_a_folder_that_cannot_be_used_is_told(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "content").write_text("")
    assert run("history") == 5
    said = capsys.readouterr().err
    assert "a folder is needed here" in said
    assert "Traceback" not in said


class Server:
    """Lists editions; `NEW` is live in it after some asking."""

    def __init__(self, live_after: int, knows: bool = True) -> None:
        self.live_after, self.knows, self.asked = live_after, knows, 0

    def __call__(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        live = self.asked > self.live_after
        editions: list[dict[str, Any]] = [{"id": "shipped", "live": not live}]
        if self.knows:
            editions.insert(0, {"id": NEW.id, "live": live})
        return httpx.Response(200, json=editions)


@pytest.fixture
def serves(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], None]]:
    real = httpx.Client

    def serve(answer: Callable[[httpx.Request], httpx.Response]) -> None:
        transport = httpx.MockTransport(answer)
        monkeypatch.setattr(
            httpx, "Client", lambda **_: real(transport=transport, base_url="http://x")
        )

    yield serve
    monkeypatch.undo()


def waited(capsys: pytest.CaptureFixture[str]) -> str:
    wait_until_live(Settings.read(), NEW, pause=lambda _: None)
    return " ".join(capsys.readouterr().err.split())


def test_it_waits_until_the_running_assistant_answers_from_it(
    serves: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    serves(Server(live_after=7))
    assert waited(capsys).endswith("answers from edition 0123456789ab.")


def test_it_does_not_wait_for_ever(
    serves: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    server = Server(live_after=10_000)
    serves(server)
    with pytest.raises(typer.Exit) as ended:
        waited(capsys)
    assert ended.value.exit_code == 6
    assert "does not yet answer from it" in " ".join(capsys.readouterr().err.split())
    assert server.asked == cli.ATTEMPTS + 1


def test_it_does_not_wait_for_an_assistant_with_other_content(
    serves: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    server = Server(live_after=0, knows=False)
    serves(server)
    assert "one that is started answers from it." in waited(capsys)
    assert server.asked == 1


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(401, json={"title": "Sign in"}),
        httpx.Response(200, text="a page"),
        httpx.Response(200, json={"detail": "none"}),
        httpx.Response(200, json=[1]),
    ],
)
def test_whatever_else_answers_lists_nothing(reply: httpx.Response) -> None:
    with httpx.Client(transport=httpx.MockTransport(lambda _: reply), base_url="http://x") as http:
        assert listed(http) == {}


def test_an_account_without_a_name_may_publish(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert cli.account() == "an account without a name"


@pytest.mark.parametrize(
    ("host", "url"),
    [("::1", "http://[::1]:9"), ("::", "http://127.0.0.1:9"), ("10.0.0.1", "http://10.0.0.1:9")],
)
def test_an_address_of_either_kind_can_be_asked(
    host: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FP_HOST", host)
    assert default_url(Settings.read()) == url
    httpx.URL(url)


def test_an_address_that_is_none_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FP_HOST", "a\x7fb")
    assert "is no address" in waited(capsys)


def test_with_sign_in_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FP_OIDC_ISSUER", "https://id.example.gov.uk")
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "SESSION_SECRET"):
        monkeypatch.setenv(f"FP_{name}", "s" * 32)
    assert waited(capsys).startswith("With sign-in, only people who have signed in")


def test_a_change_to_an_older_edition_is_tried_once_more_and_then_told() -> None:
    tries: list[int] = []

    def change() -> int:
        tries.append(len(tries))
        if len(tries) < 2:
            raise DraftIsStale
        return 7

    def never() -> None:
        raise DraftIsStale

    assert tried_again(change) == 7
    assert tries == [0, 1]
    with pytest.raises(DraftIsStale):
        tried_again(never)

"""The record of the last finished walk, and who may take it away."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from bot.api.records import content_disposition
from bot.messages import FlowPosition, GivenAnswer, OutcomeMessage
from tests.api.standins import Serve, StandIn, Talk


def outcome(final: bool = True, answer: str = "No") -> list[dict[str, Any]]:
    message = OutcomeMessage(
        text="The sources support sharing. You decide with your lead.",
        lead="The sources support sharing. You decide with your lead.",
        flow=FlowPosition(id="share_without_consent", title="Sharing", step="s1", steps_done=1),
        kind="supported",
        answers=[GivenAnswer(question="Is a child in danger?", answer=answer, step="s1")],
        final=final,
    )
    return [{"custom": message.model_dump(mode="json")}]


@pytest.fixture
def finished(talk: Talk, rasa: StandIn) -> Talk:
    rasa.reply = lambda _: outcome()
    talk.say("no")
    rasa.reply = StandIn.echo
    talk.say("thanks")
    return talk


def record(talk: Talk, format: str, headers: dict[str, str]) -> httpx.Response:
    address = f"/api/v1/conversations/{talk.id}/record?format={format}"
    return talk.client.get(address, headers=headers)


@pytest.mark.parametrize(
    ("format", "media_type"),
    [
        ("markdown", "text/markdown"),
        ("html", "text/html"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_it_is_a_file_in_the_form_asked_for(finished: Talk, format: str, media_type: str) -> None:
    reply = record(finished, format, finished.headers)
    assert reply.status_code == 200
    assert reply.headers["Content-Type"].startswith(media_type)
    disposition = reply.headers["Content-Disposition"]
    assert re.match(
        r'attachment; filename="\d{4}-\d\d-\d\d Sharing - decision record\.', disposition
    )
    assert reply.headers["Cache-Control"] == "no-store"


def test_its_name_goes_whole_to_who_reads_it_and_in_ascii_to_who_does_not() -> None:
    name = "2026-11-30 Who’s asking – café - decision record.docx"
    plain, _, whole = content_disposition("attachment", name).partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="2026-11-30 Whos asking  cafe - decision record.docx"'
    assert unquote(whole) == name
    assert re.fullmatch(r"[\w.%~-]+", whole)


def test_a_page_of_another_site_may_read_its_name(serve: Serve) -> None:
    client = serve(allowed_origins="https://intranet.example")
    reply = client.get("/api/v1/healthz", headers={"Origin": "https://intranet.example"})
    assert "Content-Disposition" in reply.headers["Access-Control-Expose-Headers"].split(", ")


def test_it_holds_the_question_and_the_answer(finished: Talk) -> None:
    text = record(finished, "markdown", finished.headers).text
    assert "Is a child in danger?" in text
    assert "The sources support sharing" in text


def test_it_names_the_edition_that_its_outcome_was_made_from(talk: Talk, rasa: StandIn) -> None:
    (said,) = outcome()
    of_another = {"custom": {**said["custom"], "edition": "0123456789ab"}}
    rasa.reply = lambda _: [of_another]
    talk.say("no")
    text = record(talk, "markdown", talk.headers).text
    assert "- **Version of the sources** 0123456789ab\n" in text
    assert " sources 0123456789ab flows " in text


def test_an_earlier_walk_has_its_own_record(finished: Talk, rasa: StandIn) -> None:
    rasa.reply = lambda _: outcome(answer="Not sure")
    later = finished.say("once more").json()["turn"]
    address = f"/api/v1/conversations/{finished.id}/record"
    held = {"conversation": finished.id, "token": finished.opened["token"]}
    for turn, shown in ((1, "No"), (later - 1, "No"), (later, "Not sure")):
        text = finished.client.get(f"{address}?turn={turn}", headers=finished.headers).text
        assert ("Not sure" in text) == (shown == "Not sure")
        page = finished.client.post("/record", data={**held, "turn": turn}).text
        assert ("Not sure" in page) == (shown == "Not sure")
    for turn in (0, -1, "x"):
        reply = finished.client.get(f"{address}?turn={turn}", headers=finished.headers)
        assert reply.status_code == (404 if turn == 0 else 422)


def test_only_its_token_opens_it(finished: Talk, client: httpx.Client) -> None:
    assert record(finished, "html", {}).status_code == 401
    assert record(finished, "html", Talk(client).headers).status_code == 404
    assert record(finished, "pdf", finished.headers).status_code == 422


def test_without_a_finished_walk_there_is_none(talk: Talk, rasa: StandIn) -> None:
    rasa.reply = lambda _: outcome(final=False)
    talk.say("no")
    reply = record(talk, "html", talk.headers)
    assert (reply.status_code, reply.json()["type"].rpartition(":")[2]) == (404, "no-record")


def test_a_page_can_ask_for_it_with_a_form(finished: Talk) -> None:
    form = {"conversation": finished.id, "token": finished.headers["Authorization"].split()[1]}
    reply = finished.client.post("/record", data=form)
    assert reply.headers["Content-Disposition"].startswith("inline")
    assert "script-src" not in reply.headers["Content-Security-Policy"]
    assert finished.client.post("/record", data=form | {"token": "wrong"}).status_code == 401


def turns_of(page: str) -> list[str]:
    """The turn that each form for a record sends along."""
    return re.findall(r'/record" .*?name="turn" value="(\d+)"', page, re.DOTALL)


def test_each_outcome_of_a_page_without_scripts_has_a_record_of_its_own(
    finished: Talk, rasa: StandIn
) -> None:
    rasa.reply = lambda _: outcome(answer="Not sure")
    client, address = finished.client, f"/ask/{finished.id}"
    held = {"Cookie": f"fp_conversation={finished.opened['token']}"}

    def printed(turn: str) -> str:
        return client.get(f"{address}/record?turn={turn}", headers=held).text

    client.post(address, data={"text": "once more"}, headers=held)
    latest, first = turns_of(client.get(address, headers=held).text)
    assert "Not sure" in printed(latest)
    assert "Not sure" not in printed(first)
    rasa.reply = lambda _: outcome(answer="Yes, or may be")
    client.post(address, data={"text": "and again"}, headers=held)
    assert "Not sure" in printed(latest)

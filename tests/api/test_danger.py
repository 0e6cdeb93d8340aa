"""999 comes first, whatever is down, whoever asks and however often."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from knowledge.encoder import EncoderFailed
from tests.api.gateway import served
from tests.api.standins import Make, Serve, StandIn, Talk
from tests.api.test_turns import types
from tests.api.test_waiting import Gate
from tests.api.wire import Wire, wire_to
from tests.needs import schema_of_ones_own

REDIS_PORT = 6379
DANGER = "the baby is not breathing"
SELF_HARM = "i want to kill myself"
YES = "step:new_concern/s1/yes"
NO = "step:new_concern/s1/no"
ORDINARY = "what is a chronology"


def offered(choice: str) -> list[dict[str, Any]]:
    option = {"id": choice, "label": "Yes"}
    return [{"custom": {"type": "text", "text": "Is a child in danger?", "options": [option]}}]


@pytest.fixture
def postgres() -> Iterator[URL]:
    with schema_of_ones_own() as url:
        yield url


@pytest.fixture
def wire(postgres: URL) -> Iterator[Wire]:
    with wire_to(postgres.port or 5432) as wire:
        yield wire


@pytest.fixture
def client(serve: Serve, postgres: URL, wire: Wire) -> httpx.Client:
    """A gateway whose database hangs on the wire."""
    url = postgres.set(host="127.0.0.1", port=wire.port)
    return serve(database_url=url.render_as_string(hide_password=False))


@pytest.fixture
def talk(client: httpx.Client) -> Talk:
    return Talk(client)


@pytest.fixture(params=["cut", "silent"])
def broken(request: pytest.FixtureRequest, talk: Talk, wire: Wire) -> Talk:
    """A conversation whose database has gone, or hangs."""
    wire.cut() if request.param == "cut" else wire.fall_silent()
    return talk


def test_danger_is_answered_without_the_database(broken: Talk) -> None:
    for words in (DANGER, SELF_HARM, "im 9 and my dad hits me"):
        reply = broken.say(words)
        assert (reply.status_code, types(reply)) == (200, ["safety"])
        assert reply.json()["turn"] == 0


def test_the_other_doors_answer_danger_without_the_database_too(broken: Talk) -> None:
    shown = broken.client.post(
        f"/ask/{broken.id}",
        data={"text": DANGER},
        headers={"Cookie": f"fp_conversation={broken.opened['token']}"},
    )
    assert (shown.status_code, "Call 999 now" in shown.text) == (200, True)
    assert "Call 999 now" in broken.client.post("/ask", data={"text": DANGER}).text
    assert broken.client.get("/api/v1/search", params={"q": DANGER}).json()["safety"]
    assert "Call 999 now" in broken.client.get("/sources", params={"q": DANGER}).text


def test_a_click_that_means_danger_needs_no_database(broken: Talk) -> None:
    assert types(broken.choose(YES)) == ["safety"]


def test_without_the_database_all_else_is_refused_in_words(broken: Talk) -> None:
    reply = broken.say(ORDINARY)
    assert reply.status_code == 503
    assert reply.json()["type"].endswith("database-unreachable")
    assert "999" in reply.json()["detail"]
    page = broken.client.post("/ask", data={"text": ORDINARY})
    assert (page.status_code, "999" in page.text) == (503, True)
    ready = broken.client.get("/readyz")
    assert (ready.status_code, ready.json()["missing"]) == (503, ["database"])


def test_after_the_database_is_back_all_is_well(talk: Talk, wire: Wire) -> None:
    talk.say(ORDINARY)
    wire.cut()
    assert talk.say(ORDINARY).status_code == 503
    wire.fix()
    assert talk.say(ORDINARY).status_code == 200
    assert talk.client.get("/readyz").status_code == 200


@pytest.mark.parametrize("state", ["cut", "silent"])
def test_counters_that_cannot_be_reached_hold_up_nobody(serve: Serve, state: str) -> None:
    with wire_to(REDIS_PORT) as wire:
        talk = Talk(serve(redis_url=f"redis://127.0.0.1:{wire.port}"))
        wire.cut() if state == "cut" else wire.fall_silent()
        assert types(talk.say(DANGER)) == ["safety"]
        assert types(talk.say(ORDINARY)) == ["text"]


@pytest.mark.parametrize("token", ["", "wrong"])
@pytest.mark.parametrize("said", [{"text": DANGER}, {"choice": YES}])
def test_danger_is_answered_whoever_asks(serve: Serve, token: str, said: dict[str, str]) -> None:
    client = serve()
    for known in (Talk(client).id, "none"):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        address = f"/api/v1/conversations/{known}/messages"
        reply = client.post(address, json=said, headers=headers)
        assert (reply.status_code, types(reply)) == (200, ["safety"])
        refused = client.post(address, json={"text": ORDINARY}, headers=headers)
        assert refused.status_code == 401


@pytest.mark.parametrize("said", [{"text": DANGER}, {"choice": YES}])
def test_danger_is_answered_in_a_conversation_that_is_over(
    serve: Serve, tmp_path: Path, said: dict[str, str]
) -> None:
    talk = Talk(serve(state_dir=tmp_path))
    with closing(sqlite3.connect(tmp_path / "conversations.db")) as database, database:
        database.execute("UPDATE conversations SET expires_at = 0")
    assert talk.say(ORDINARY).json()["type"].endswith("expired-token")
    assert types(talk.send(said)) == ["safety"]


def test_danger_beyond_the_limits_is_answered_and_not_kept(serve: Serve) -> None:
    talk = Talk(serve(conversation_limit="2/minute"))
    turns = [talk.say(DANGER).json() for _ in range(6)]
    assert [types_of(turn) for turn in turns] == [["safety"]] * 6
    assert [turn["turn"] for turn in turns] == [1, 2, 0, 0, 0, 0]
    assert len(talk.read()["turns"]) == 3


def test_a_client_over_its_limit_is_still_read_for_danger(serve: Serve) -> None:
    talk = Talk(serve(client_limit="2/minute"))
    assert talk.say(ORDINARY).status_code == 200
    assert talk.say("x" * 2001).status_code == 429
    refused = talk.say(ORDINARY)
    assert (refused.status_code, "999" in refused.json()["detail"]) == (429, True)
    assert types(talk.say(DANGER)) == ["safety"]
    assert talk.client.get("/api/v1/search", params={"q": ORDINARY}).status_code == 429
    assert talk.client.get("/api/v1/search", params={"q": DANGER}).json()["safety"]


def types_of(turn: Any) -> list[str]:
    return [message["type"] for message in turn["messages"]]


def test_a_click_that_means_danger_on_a_closed_question_gets_999(talk: Talk, rasa: StandIn) -> None:
    assert types(talk.choose(YES)) == ["safety"]
    rasa.reply = lambda _: offered(YES)
    talk.say("hello")
    rasa.reply = StandIn.echo
    closed = talk.choose(YES)
    assert types(closed) == ["safety", "text"]
    assert rasa.messages[-1] == f'/choose{{"choice": "{YES}"}}'
    rasa.reply = lambda _: []
    assert types(talk.choose(YES)) == ["safety", "text"]
    assert talk.choose(NO).status_code == 422


def test_a_click_that_means_danger_does_not_wait_for_rasa(talk: Talk, rasa: StandIn) -> None:
    rasa.reply = lambda _: offered(YES)
    talk.say("hello")
    gate = Gate(rasa)
    assert types(talk.choose(YES)) == ["safety"]
    gate.open.set()


def test_the_outcome_that_says_999_itself_is_not_said_twice(talk: Talk, rasa: StandIn) -> None:
    flow = {"id": "new_concern", "title": "New", "step": "o_danger", "steps_done": 1}
    outcome = {"type": "outcome", "text": "Call 999", "lead": "!", "flow": flow, "kind": "safety"}
    rasa.reply = lambda _: offered(YES)
    talk.say("hello")
    rasa.reply = lambda _: [{"custom": outcome}]
    assert types(talk.choose(YES)) == ["outcome"]


def test_999_comes_before_a_remark_and_before_privacy(talk: Talk, rasa: StandIn) -> None:
    flow = {"id": "new_concern", "title": "New", "step": "o_danger", "steps_done": 1}
    outcome = {"type": "outcome", "text": "Call 999", "lead": "!", "flow": flow, "kind": "safety"}
    rasa.reply = lambda _: [{"custom": {"type": "text", "text": "Changed."}}, {"custom": outcome}]
    reply = talk.say("actually yes, NHS number 999 000 0018")
    assert types(reply) == ["outcome", "privacy", "text"]


def test_the_way_on_from_a_safety_message_that_was_not_kept_holds(
    serve: Serve, rasa: StandIn
) -> None:
    talk = Talk(serve(conversation_limit="2/minute"))
    assert talk.choose("safety:continue").status_code == 200
    assert rasa.messages[-1] == '/choose{"choice": "do:where"}'


def test_a_key_whose_reply_could_not_be_given_is_free_again(
    serve: Serve, rasa: StandIn, tmp_path: Path
) -> None:
    talk = Talk(serve(state_dir=tmp_path))
    rasa.reply = lambda _: []
    assert "999" in talk.say(ORDINARY, Idempotency_Key="one").text
    rasa.reply = StandIn.echo
    (tmp_path / "OFF").write_text("")
    assert "switched it off" in talk.say(ORDINARY, Idempotency_Key="one").text
    (tmp_path / "OFF").unlink()
    assert "heard" in talk.say(ORDINARY, Idempotency_Key="one").text


def test_a_stop_asked_for_during_a_turn_is_not_lost(talk: Talk, rasa: StandIn) -> None:
    gate = Gate(rasa)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(talk.say, ORDINARY)
        assert gate.entered.wait(10)
        assert types(talk.say(SELF_HARM)) == ["safety"]
        gate.open.set()
        assert first.result().status_code == 200
    rasa.before_reply = None
    talk.say("hello")
    assert rasa.messages[-2:] == ['/choose{"choice": "do:stop"}', "hello"]


def test_what_was_held_back_during_a_turn_is_not_lost(talk: Talk, rasa: StandIn) -> None:
    gate = Gate(rasa)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(talk.say, ORDINARY)
        assert gate.entered.wait(10)
        talk.say(DANGER)
        gate.open.set()
        first.result()
    rasa.before_reply = None
    talk.choose("safety:continue")
    assert rasa.messages[-1] == DANGER


def test_what_is_typed_after_999_alone_is_known_for_it(talk: Talk, rasa: StandIn) -> None:
    talk.say(DANGER)
    talk.say("No, it is not happening now")
    talk.say("ok")
    assert ["after_999" in each["metadata"] for each in rasa.heard[-2:]] == [True, False]
    talk.say(DANGER)
    talk.choose("safety:continue")
    assert "after_999" not in rasa.heard[-1]["metadata"]


def test_a_deletion_waits_for_the_turn_under_way(talk: Talk, rasa: StandIn) -> None:
    gate = Gate(rasa)
    address = f"/api/v1/conversations/{talk.id}"
    with ThreadPoolExecutor() as pool:
        turn = pool.submit(talk.say, ORDINARY)
        assert gate.entered.wait(10)
        deletion = pool.submit(talk.client.delete, address, headers=talk.headers)
        gate.open.set()
        assert (turn.result().status_code, deletion.result().status_code) == (200, 204)
    assert rasa.forgotten == [talk.id]
    heard = len(rasa.heard)
    assert talk.say(ORDINARY).status_code == 401
    assert len(rasa.heard) == heard


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({"text": DANGER, "choice": "do:menu"}, {}),
        ({"text": DANGER}, {"Idempotency-Key": "k" * 5000}),
        ({"text": DANGER, "more": [1]}, {}),
        ({"choice": DANGER}, {}),
    ],
)
def test_a_request_that_is_not_valid_hides_no_danger(
    client: httpx.Client, body: dict[str, Any], headers: dict[str, str]
) -> None:
    talk = Talk(client)
    assert types(talk.send(body, **headers)) == ["safety"]
    both = talk.send({"text": ORDINARY, "choice": "do:menu"})
    assert (both.status_code, talk.send({}).status_code) == (422, 422)


@pytest.mark.parametrize(
    ("first", "then", "reason"),
    [
        (DANGER, SELF_HARM, "self_harm"),
        (DANGER, "im 9 and my dad hits me", "child_user"),
        (ORDINARY, DANGER, "immediate_danger"),
        ("i doubt that she is not breathing", SELF_HARM, "self_harm"),
        ("im 9 and my dad hits me", DANGER, "immediate_danger"),
    ],
)
def test_a_key_used_for_other_words_hides_no_danger(
    talk: Talk, first: str, then: str, reason: str
) -> None:
    talk.say(first, Idempotency_Key="same")
    told = talk.say(then, Idempotency_Key="same").json()["messages"][0]
    assert (told["type"], told.get("reason")) == ("safety", reason)


def test_a_key_used_before_hides_no_yes_to_the_question_of_danger(
    talk: Talk, rasa: StandIn
) -> None:
    talk.say(ORDINARY, Idempotency_Key="same")
    rasa.reply = lambda _: offered(YES)
    talk.say("i am worried about a child")
    rasa.reply = lambda _: [{"custom": {"type": "text", "text": "I could not match that."}}]
    told = talk.say("yes", Idempotency_Key="same").json()["messages"][0]
    assert told["type"] == "safety"


def test_one_key_for_the_same_danger_at_once_is_one_turn(talk: Talk) -> None:
    def say(_: int) -> int:
        turn: int = talk.say(DANGER, Idempotency_Key="same").json()["turn"]
        return turn

    with ThreadPoolExecutor(8) as at_once:
        # 0 is a reply that a busy machine had no time to keep.
        assert len({*at_once.map(say, range(8))} - {0}) == 1


def test_a_key_used_for_words_hides_no_click_that_means_danger(talk: Talk) -> None:
    talk.say(SELF_HARM, Idempotency_Key="same")
    told = talk.send({"choice": YES}, Idempotency_Key="same").json()["messages"][0]
    assert told["reason"] == "immediate_danger"


@pytest.mark.parametrize("query", [{"area": "nowhere"}, {"area": "x" * 81}, {"k": 9999}])
def test_a_search_that_is_refused_says_999_first(
    client: httpx.Client, query: dict[str, Any]
) -> None:
    reply = client.get("/api/v1/search", params={"q": ORDINARY, **query})
    assert reply.status_code == 422
    assert reply.json()["detail"].startswith("If a child is in danger, call 999.")


def test_an_area_that_nobody_knows_hides_no_danger(client: httpx.Client) -> None:
    reply = client.get("/api/v1/search", params={"q": DANGER, "area": "nowhere"})
    assert reply.json()["safety"]["interrupts"]


@pytest.mark.parametrize(
    "fault",
    ["ALTER TABLE turns RENAME TO elsewhere; COMMIT", "LOCK TABLE turns IN ACCESS EXCLUSIVE MODE"],
)
def test_a_database_that_can_keep_nothing_is_not_ready(
    client: httpx.Client, postgres: URL, fault: str
) -> None:
    assert client.get("/readyz").status_code == 200
    engine = create_engine(postgres.set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        connection.execute(text(fault))
        reply = client.get("/readyz")
        assert (reply.status_code, reply.json()["missing"]) == (503, ["database"])
    engine.dispose()


def test_a_switch_that_is_a_pipe_is_off_and_holds_up_nobody(serve: Serve, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "OFF")
    talk = Talk(serve(state_dir=tmp_path))
    assert "switched it off" in talk.say(ORDINARY).text


def test_a_switch_that_cannot_be_read_is_off(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "OFF").mkdir()
    talk = Talk(serve(state_dir=tmp_path))
    assert "switched it off" in talk.say(ORDINARY).text
    assert types(talk.say(DANGER)) == ["safety"]


def test_an_encoder_that_fails_is_no_500(
    client: httpx.Client, make_container: Make, rasa: StandIn, tmp_path: Path
) -> None:
    parts = make_container(state_dir=tmp_path)

    def fail(*_: object, **__: object) -> Any:
        raise EncoderFailed("not a number")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts.rasa_client, "_vector_of", fail)
        patch.setattr(parts.knowledge, "search", fail)
        with served(parts) as broken:
            talk = Talk(broken)
            assert "999" in talk.say(ORDINARY).json()["messages"][0]["text"]
            assert types(talk.say(DANGER)) == ["safety"]
            found = broken.get("/api/v1/search", params={"q": ORDINARY})
            assert (found.status_code, "999" in found.text) == (503, True)
            page = broken.get("/sources", params={"q": ORDINARY})
            assert (page.status_code, "999" in page.text) == (503, True)
            assert broken.get("/api/v1/search", params={"q": DANGER}).json()["safety"]


def test_a_stop_that_could_not_be_kept_is_not_lost(talk: Talk, wire: Wire, rasa: StandIn) -> None:
    talk.say(ORDINARY)
    wire.cut()
    assert types(talk.say(SELF_HARM)) == ["safety"]
    wire.fix()
    assert talk.say("yes").status_code == 200
    assert rasa.messages[-2:] == ['/choose{"choice": "do:stop"}', "yes"]
    talk.say("and now")
    assert rasa.messages[-1] == "and now"


@pytest.mark.parametrize("silent", [True, False])
def test_who_answers_the_question_of_danger_waits_for_no_rasa(
    talk: Talk, rasa: StandIn, silent: bool
) -> None:
    rasa.reply = lambda _: offered(YES)
    talk.say("i am worried about a child")
    gate = Gate(rasa) if silent else None
    rasa.reply = lambda _: []
    reply = talk.say("yeah he is")
    assert types(reply) == ["safety", "text"]
    if gate:
        gate.open.set()

"""Running the assistant: the off switch, retention, readiness, metrics."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
from sqlalchemy import text

from bot.conversation.retention import sweep
from bot.operations import metrics
from tests.api.standins import Make, Serve, StandIn, Talk


def test_it_says_that_it_is_alive(client: httpx.Client) -> None:
    for path in ("/healthz", "/api/v1/healthz"):
        assert client.get(path).json() == {"status": "alive"}


def test_ready_names_what_is_missing(client: httpx.Client, rasa: StandIn) -> None:
    assert client.get("/api/v1/readyz").json() == {"status": "ready"}
    rasa.healthy = False
    reply = client.get("/api/v1/readyz")
    assert (reply.status_code, reply.json()["missing"]) == (503, ["rasa"])


def test_the_off_switch_needs_no_restart(serve: Serve, tmp_path: Path, rasa: StandIn) -> None:
    talk = Talk(serve(state_dir=tmp_path))
    (tmp_path / "OFF").write_text("The contacts are being checked. Back on Monday.")
    heard = len(rasa.heard)
    said = talk.say("who keeps the chronology").json()["messages"][0]["text"]
    assert "Back on Monday" in said
    assert said.startswith("If a child is in danger, call 999")
    assert "Children's social care" in said
    search = talk.client.get("/api/v1/search?q=chronology")
    assert (search.status_code, search.json()["type"].rpartition(":")[2]) == (503, "switched-off")
    assert search.json()["contacts"]
    assert len(rasa.heard) == heard
    (tmp_path / "OFF").unlink()
    assert talk.say("hello").json()["messages"][0]["text"] == "heard hello"


def test_switched_off_it_still_answers_danger(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "OFF").write_text("")
    talk = Talk(serve(state_dir=tmp_path))
    assert "switched it off" in talk.opened["messages"][0]["text"]
    assert talk.say("she is not breathing").json()["messages"][0]["type"] == "safety"


def test_a_limit_says_when_to_come_back_and_never_stops_a_safety_reply(serve: Serve) -> None:
    talk = Talk(serve(conversation_limit="1/minute"))
    allowed = talk.say("hello")
    assert allowed.headers["RateLimit-Policy"] == '"conversation";q=1;w=60'
    refused = talk.say("hello")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "999" in refused.json()["detail"]
    safety = talk.say("she is not breathing")
    assert safety.json()["messages"][0]["type"] == "safety"
    assert "RateLimit" not in safety.headers


def test_opening_conversations_is_limited_too(serve: Serve) -> None:
    client = serve(client_limit="2/minute")
    opened = [client.post("/api/v1/conversations").status_code for _ in range(3)]
    assert opened == [201, 201, 429]


def test_the_sweep_removes_the_old_here_and_in_rasa(
    make_container: Make, tmp_path: Path, rasa: StandIn
) -> None:
    parts = make_container(state_dir=tmp_path)
    old, _ = parts.conversations.open(None, "guidance")
    new, _ = parts.conversations.open(None, "guidance")
    engine = parts.conversations.engine
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE conversations SET seen_at = seen_at - 31 * 86400 WHERE id = :id"),
            {"id": old.id},
        )
    assert asyncio.run(sweep(parts.conversations, parts.turns.forgetting, days=30)) == 1
    assert rasa.forgotten == [old.id]
    assert parts.conversations.unseen_since(days=-1) == [new.id]


def test_what_rasa_cannot_be_told_to_forget_is_kept_for_the_next_sweep(
    make_container: Make, tmp_path: Path, rasa: StandIn
) -> None:
    rasa.healthy = False
    parts = make_container(state_dir=tmp_path)
    kept, _ = parts.conversations.open(None, "guidance")
    assert asyncio.run(sweep(parts.conversations, parts.turns.forgetting, days=-1)) == 0
    assert parts.conversations.unseen_since(days=-1) == [kept.id]


def test_a_conversation_with_a_turn_under_way_is_left_to_the_next_sweep(
    make_container: Make, tmp_path: Path, rasa: StandIn
) -> None:
    parts = make_container(state_dir=tmp_path, rasa_timeout_s=0.1)
    kept, _ = parts.conversations.open(None, "guidance")

    async def during_a_turn() -> int:
        async with parts.turns.locks.alone(kept.id):
            return await sweep(parts.conversations, parts.turns.forgetting, days=-1)

    assert asyncio.run(during_a_turn()) == 0
    assert parts.conversations.unseen_since(days=-1) == [kept.id]
    assert asyncio.run(sweep(parts.conversations, parts.turns.forgetting, days=-1)) == 1


def test_metrics_are_for_who_holds_the_token(serve: Serve) -> None:
    client = serve(metrics_token="m" * 32)
    talk = Talk(client)
    talk.say("what about NHS number 999 000 0018")
    for wrong in ({}, {"Authorization": "Bearer wrong"}, talk.headers):
        assert client.get("/metrics", headers=wrong).status_code == 404
    shown = client.get("/metrics", headers={"Authorization": f"Bearer {'m' * 32}"}).text
    assert 'principles_messages_total{type="privacy"}' in shown
    assert 'operation="take_turn"' in shown
    assert talk.id not in shown
    assert "999 000" not in shown


def test_a_request_nobody_expected_adds_no_label(client: httpx.Client) -> None:
    client.request("PROPFIND", "/pot-of-tea")
    shown = metrics.exposition().decode()
    assert 'method="other",operation="none"' in shown
    assert "pot-of-tea" not in shown


def test_deleting_needs_rasa_or_removes_nothing(talk: Talk, rasa: StandIn) -> None:
    rasa.healthy = False
    address = f"/api/v1/conversations/{talk.id}"
    reply = talk.client.delete(address, headers=talk.headers)
    assert (reply.status_code, reply.json()["type"].rpartition(":")[2]) == (503, "not-removed")
    rasa.healthy = True
    assert talk.client.delete(address, headers=talk.headers).status_code == 204

"""Two servers of one Postgres and one Redis: a turn may come to either."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import pytest
import redis

from bot.conversation.kill_switch import LOOKS_EVERY_S, SharedSwitch
from tests.api.gateway import served
from tests.api.standins import Make, StandIn, Talk
from tests.api.test_turns import types
from tests.needs import schema_of_ones_own

REDIS = "redis://127.0.0.1:6379"


@dataclass(frozen=True)
class Replicas:
    one: httpx.Client
    other: httpx.Client
    switch: SharedSwitch

    def both(self, talk: Talk) -> tuple[Talk, Talk]:
        """The conversation, as it is spoken in at each."""
        return talk, at(self.other, talk)


def at(client: httpx.Client, talk: Talk) -> Talk:
    elsewhere: Talk = object.__new__(Talk)
    elsewhere.__dict__.update(talk.__dict__ | {"client": client})
    return elsewhere


@pytest.fixture(scope="module")
def replicas(make_container: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    with ExitStack() as running:
        url = running.enter_context(schema_of_ones_own()).render_as_string(hide_password=False)
        wide = {"conversation_limit": "60000/minute", "client_limit": "60000/minute"}
        parts = [
            make_container(
                state_dir=tmp_path_factory.mktemp(name), database_url=url, redis_url=REDIS, **wide
            )
            for name in ("one", "other")
        ]
        one, other = (running.enter_context(served(each)) for each in parts)
        yield Replicas(one, other, parts[0].switch)
        for each in parts:
            each.engine.dispose()


@pytest.fixture
def talk(replicas: Replicas, rasa: StandIn) -> Talk:
    return Talk(replicas.one)


@pytest.mark.parametrize("number", range(10))
def test_one_key_at_both_at_once_is_taken_once(
    replicas: Replicas, talk: Talk, rasa: StandIn, number: int
) -> None:
    heard = len(rasa.heard)
    with ThreadPoolExecutor() as threads:
        asked = [
            threads.submit(each.say, "who keeps it", idempotency_key="k")
            for each in replicas.both(talk)
        ]
        replies = [each.result() for each in asked]
    assert [each.status_code for each in replies] == [200, 200]
    assert replies[0].json() == replies[1].json()
    assert len(talk.read()["turns"]) == 2
    assert len(rasa.heard) == heard + 1


def test_two_turns_at_once_are_both_kept_and_neither_overtakes(
    replicas: Replicas, talk: Talk, rasa: StandIn
) -> None:
    inside, most = [0], [0]
    counting = threading.Lock()

    def enter() -> None:
        with counting:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        threading.Event().wait(0.05)
        with counting:
            inside[0] -= 1

    rasa.before_reply = enter
    one, other = replicas.both(talk)
    with ThreadPoolExecutor() as threads:
        asked = {
            text: threads.submit(each.say, text)
            for text, each in (("a", one), ("b", other), ("c", one), ("d", other))
        }
        answered = {text: reply.result() for text, reply in asked.items()}
    assert most == [1]
    assert {reply.status_code for reply in answered.values()} == {200}
    kept = {turn["turn"]: turn["said"] for turn in talk.read()["turns"][1:]}
    assert kept == {reply.json()["turn"]: text for text, reply in answered.items()}


def test_danger_told_in_two_pieces_is_named_first_wherever_they_come(
    replicas: Replicas, talk: Talk
) -> None:
    one, other = replicas.both(talk)
    first = "told me today that it's the only thing that helps and please don't ring home"
    assert types(one.say(first)) == ["text"]
    assert types(other.say("gone off to period 5, seemed alright")) == ["safety", "text"]


def test_a_thought_in_two_pieces_is_one_wherever_they_come(
    replicas: Replicas, talk: Talk, rasa: StandIn
) -> None:
    one, other = replicas.both(talk)
    one.say("can a partner interpret")
    other.say("for mum")
    assert rasa.heard[-1]["metadata"]["before"] == "can a partner interpret"


def test_deletion_waits_for_the_turn_at_the_other_and_forgets_there_too(
    replicas: Replicas, talk: Talk, rasa: StandIn
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        go_on.wait(20)

    rasa.before_reply = hold
    one, other = replicas.both(talk)
    with ThreadPoolExecutor() as threads:
        turn = threads.submit(one.say, "who keeps it")
        assert begun.wait(20)
        path = f"/api/v1/conversations/{talk.id}"
        deletion = threads.submit(other.client.delete, path, headers=talk.headers)
        assert not rasa.forgotten
        go_on.set()
        assert turn.result().status_code == 200
        assert deletion.result().status_code == 204
    assert rasa.forgotten == [talk.id]
    assert one.say("and then").status_code == 401


def test_the_switch_turns_both_off(replicas: Replicas, talk: Talk) -> None:
    replicas.switch.turn_off("Back on Monday.", "a test")
    try:
        for each in replicas.both(talk):
            for _ in range(100):
                said = each.say("who keeps it").json()["messages"][0]["text"]
                if "Back on Monday." in said:
                    break
                threading.Event().wait(LOOKS_EVERY_S / 10)
            assert "Back on Monday." in said
            assert types(each.say("she is not breathing")) == ["safety"]
    finally:
        replicas.switch.turn_on()


def test_both_are_ready(replicas: Replicas, rasa: StandIn) -> None:
    for each in (replicas.one, replicas.other):
        assert each.get("/readyz").json() == {"status": "ready"}


def test_redis_holds_nothing_that_was_taken_out_and_nothing_of_what_is_deleted(
    replicas: Replicas, talk: Talk
) -> None:
    def held() -> list[str]:
        with redis.Redis.from_url(REDIS, decode_responses=True) as client:
            keys = list(client.scan_iter(f"*{talk.id}*"))
            return [f"{key} {client.get(key)}" for key in keys if client.type(key) == "string"]

    for each in replicas.both(talk):
        each.say("he hit her, her NHS number is 999 000 0018, she is Zebedee Quux")
        each.say("can I share the record of NHS number 999 000 0018")
    found = held()
    assert found
    for marked in ("0018", "Quux", talk.headers["Authorization"][7:]):
        assert marked not in str(found)
    talk.client.delete(f"/api/v1/conversations/{talk.id}", headers=talk.headers)
    assert held() == []

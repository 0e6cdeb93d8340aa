"""Two turns at once, and a Rasa that is slow."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import httpx
import pytest

from tests.api.standins import Serve, StandIn, Talk


class Gate:
    """Holds Rasa's reply until the test lets it go."""

    def __init__(self, rasa: StandIn) -> None:
        self.entered = threading.Event()
        self.open = threading.Event()
        rasa.before_reply = self.wait

    def wait(self) -> None:
        self.entered.set()
        self.open.wait(20)


@pytest.fixture
def gate(talk: Talk, rasa: StandIn) -> Iterator[Gate]:
    gate = Gate(rasa)
    yield gate
    gate.open.set()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


def send(pool: ThreadPoolExecutor, talk: Talk, text: str) -> Future[httpx.Response]:
    return pool.submit(talk.say, text)


def test_a_second_turn_waits_or_is_told_to(
    talk: Talk, gate: Gate, pool: ThreadPoolExecutor
) -> None:
    first = send(pool, talk, "first")
    assert gate.entered.wait(10)
    refused = talk.say("second")
    assert refused.status_code == 409
    assert refused.json()["type"].rpartition(":")[2] == "turn-under-way"
    gate.open.set()
    assert first.result().json()["turn"] == 1
    assert talk.say("third").json()["turn"] == 2


def test_another_conversation_does_not_wait(
    talk: Talk, client: httpx.Client, rasa: StandIn, pool: ThreadPoolExecutor
) -> None:
    other = Talk(client)
    gate = Gate(rasa)
    first = send(pool, talk, "first")
    assert gate.entered.wait(10)
    rasa.before_reply = None
    assert other.say("hello").status_code == 200
    gate.open.set()
    assert first.result().status_code == 200


def test_danger_does_not_wait_for_the_turn_under_way(
    talk: Talk, gate: Gate, pool: ThreadPoolExecutor
) -> None:
    first = send(pool, talk, "first")
    assert gate.entered.wait(10)
    danger = talk.say("she is not breathing")
    assert danger.json()["messages"][0]["type"] == "safety"
    gate.open.set()
    assert first.result().json()["turn"] == danger.json()["turn"] + 1


def test_a_slow_rasa_becomes_a_plain_message_in_time(serve: Serve, rasa: StandIn) -> None:
    talk = Talk(serve(rasa_timeout_s=0.3))
    gate = Gate(rasa)
    started = time.monotonic()
    reply = talk.say("hello")
    assert time.monotonic() - started < 5
    assert "999" in reply.json()["messages"][0]["text"]
    gate.open.set()
    rasa.before_reply = None
    assert talk.say("hello").json()["messages"][0]["text"] == "heard hello"


def test_a_retry_while_the_first_is_under_way_gets_the_same_reply(
    talk: Talk, rasa: StandIn, pool: ThreadPoolExecutor
) -> None:
    gate = Gate(rasa)
    first = pool.submit(talk.say, "hello", idempotency_key="one")
    assert gate.entered.wait(10)
    again = pool.submit(talk.say, "hello", idempotency_key="one")
    gate.open.set()
    assert first.result().json() == again.result().json()
    assert rasa.messages.count("hello") == 1

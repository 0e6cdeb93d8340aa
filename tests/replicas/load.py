"""Twenty people who talk to two servers at once, and are told at the end what became of it.

Each sends a turn under a key until it is answered, to one server and then to the other, as a proxy
would. In every conversation each text is another: a turn which is lost or taken twice shows.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

PEOPLE = 20
THINKS_S = 0.3
ANSWERED_WITHIN_S = 10.0
"""What a person waits at most for an answer or a plain message."""
CLIENT_WAITS_S = 11.0
PATIENCE_S = 120.0
NOT_ANSWERED = "please send your message again in a minute"
DANGER = "she is not breathing and he is still in the house"
QUESTION = "what should I record about visit number {number} of family {person}"


@dataclass
class Told:
    """What a person sent and was answered: the number of the turn, by the text."""

    turns: dict[str, int] = field(default_factory=dict)
    unanswered: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    statuses: set[int] = field(default_factory=set)
    without_999: int = 0


class Person:
    def __init__(self, number: int, addresses: Sequence[str]) -> None:
        self.number = number
        self.told = Told()
        self._apis = [
            httpx.Client(base_url=f"{each}/api/v1", timeout=CLIENT_WAITS_S, trust_env=False)
            for each in addresses
        ]
        self._next = number % len(self._apis)
        opened = self._apis[self._next].post("/conversations", json={}).raise_for_status().json()
        self.id: str = opened["conversation_id"]
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    def talk(self, over: threading.Event) -> None:
        number = 0
        while not over.is_set():
            number += 1
            if number % 5 == 0:
                self._tell_of_danger()
            else:
                self._ask(QUESTION.format(number=number, person=self.number))
            over.wait(THINKS_S)

    def _ask(self, text: str) -> None:
        key = uuid.uuid4().hex
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            reply = self._send({"text": text}, {"Idempotency-Key": key})
            if reply is not None and NOT_ANSWERED not in str(reply["messages"]):
                self.told.turns[text] = reply["turn"]
                return
            time.sleep(THINKS_S)
        self.told.unanswered.append(text)

    def _tell_of_danger(self) -> None:
        """Whichever server can be reached must answer with 999 at once."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            reply = self._send({"text": DANGER}, {})
            if reply is not None:
                if reply["messages"][0]["type"] != "safety":
                    self.told.without_999 += 1
                return
            time.sleep(THINKS_S)
        self.told.unanswered.append(DANGER)

    def _send(self, body: dict[str, str], headers: dict[str, str]) -> Any:
        """The reply; None where none came, or an error, whose status is noted."""
        self._next = (self._next + 1) % len(self._apis)
        path = f"/conversations/{self.id}/messages"
        began = time.monotonic()
        try:
            reply = self._apis[self._next].post(path, json=body, headers=self._headers | headers)
        except httpx.TransportError:
            # A server that is dead, or stopped, answers nothing. The other is asked next.
            return None
        self.told.slowest_s = max(self.told.slowest_s, time.monotonic() - began)
        self.told.statuses.add(reply.status_code)
        return reply.json() if reply.is_success else None

    def transcript(self) -> list[dict[str, Any]]:
        for api in self._apis:
            try:
                reply = api.get(f"/conversations/{self.id}", headers=self._headers)
            except httpx.TransportError:
                continue
            if reply.is_success:
                turns: list[dict[str, Any]] = reply.json()["turns"]
                return turns
        raise AssertionError("no server gives the conversation")

    def close(self) -> None:
        for each in self._apis:
            each.close()


class Crowd:
    """People who talk for as long as the context lasts."""

    def __init__(self, addresses: Sequence[str], people: int = PEOPLE) -> None:
        self.people = [Person(number, addresses) for number in range(people)]
        self._over = threading.Event()
        self._threads = ThreadPoolExecutor(people)

    def __enter__(self) -> Crowd:
        self._talking = [self._threads.submit(each.talk, self._over) for each in self.people]
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for each in self._talking:
            each.result()
        self._threads.shutdown()

    @property
    def answered(self) -> int:
        return sum(len(each.told.turns) for each in self.people)

    def wait_for_more(self, turns: int, seconds: float = 60.0) -> None:
        """Until so many more are answered."""
        enough, deadline = self.answered + turns, time.monotonic() + seconds
        while self.answered < enough and time.monotonic() < deadline:
            time.sleep(0.1)
        assert self.answered >= enough, f"{self.answered} of {enough} turns answered"

    def faults(self) -> list[str]:
        """What was lost, doubled, or answered too late or without 999."""
        return [fault for each in self.people for fault in faults_of(each)]


def faults_of(person: Person) -> list[str]:
    told, kept = person.told, person.transcript()
    who = f"person {person.number}"
    found = [f"{who}: never answered: {text}" for text in told.unanswered]
    if told.without_999:
        found.append(f"{who}: {told.without_999} times danger without 999")
    if told.slowest_s > ANSWERED_WITHIN_S:
        found.append(f"{who}: waited {told.slowest_s:.1f} s")
    if bad := told.statuses - {200, 409, 429, 503}:
        found.append(f"{who}: statuses {sorted(bad)}")
    answered = [turn for turn in kept if turn["said"] and NOT_ANSWERED not in str(turn["messages"])]
    for text, number in told.turns.items():
        numbers = [turn["turn"] for turn in answered if turn["said"] == text]
        if numbers != [number]:
            found.append(f"{who}: answered as turn {number}, kept as {numbers}: {text}")
    return found

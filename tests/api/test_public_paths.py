"""A conversation belongs to whoever holds its token, and to nobody else."""

from __future__ import annotations

import httpx
import pytest

from tests.api.standins import StandIn, Talk

OPERATIONS = [
    ("POST", "/messages", {"text": "hello"}),
    ("GET", "", None),
    ("DELETE", "", None),
]


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
def test_without_the_right_token_nothing_is_shown(
    client: httpx.Client, talk: Talk, method: str, path: str, body: dict[str, str] | None
) -> None:
    address = f"/api/v1/conversations/{talk.id}{path}"
    unknown = f"/api/v1/conversations/unknown{path}"
    other = Talk(client)
    wrong = {"Authorization": "Bearer wrong"}

    def ask(url: str, headers: dict[str, str]) -> tuple[int, str]:
        reply = client.request(method, url, json=body, headers=headers)
        return reply.status_code, reply.json()["type"].rpartition(":")[2]

    assert ask(address, {}) == (401, "wrong-token")
    assert ask(address, wrong) == ask(unknown, wrong) == (401, "wrong-token")
    assert ask(address, other.headers) == ask(unknown, other.headers) == (404, "not-found")


def test_a_forgotten_conversation_is_gone_here_and_in_rasa(talk: Talk, rasa: StandIn) -> None:
    talk.say("hello")
    address = f"/api/v1/conversations/{talk.id}"
    assert talk.client.delete(address, headers=talk.headers).status_code == 204
    assert rasa.forgotten == [talk.id]
    assert talk.client.get(address, headers=talk.headers).status_code == 401


def test_the_exchange_is_shown_as_it_was(talk: Talk) -> None:
    first = talk.say("hello").json()
    turns = talk.read()["turns"]
    assert [turn["turn"] for turn in turns] == [0, 1]
    assert turns[0]["messages"] == talk.opened["messages"]
    assert turns[1]["messages"] == first["messages"]
    assert turns[1]["said"] == "hello"

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from rasa_sdk import Tracker

from actions.pipeline import Pipeline
from actions.server import ActionServer
from actions.tracker import ActionResult
from bot.messages import TextMessage
from bot.rasa.secret import HEADER


class Lengths:
    def describe(self, texts: list[str]) -> NDArray[np.float32]:
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


class Echo:
    def run(self, action: str, tracker: Tracker) -> ActionResult:
        return ActionResult([TextMessage(text=tracker.latest_message["text"])], {})


pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(ActionServer(Lengths(), cast(Pipeline, Echo()), "s3cret").app())
    async with httpx.AsyncClient(
        transport=transport, base_url="http://actions", headers={HEADER: "s3cret"}
    ) as client:
        yield client


def call(action: str) -> dict[str, Any]:
    tracker = {"sender_id": "c1", "latest_message": {"text": "hello"}}
    return {"next_action": action, "sender_id": "c1", "tracker": tracker, "domain": {}}


async def test_the_webhook_runs_the_action_that_rasa_names(client: httpx.AsyncClient) -> None:
    body = (await client.post("/webhook", json=call("action_question"))).json()
    assert body["responses"][0]["custom"]["text"] == "hello"


async def test_a_compressed_call_is_read(client: httpx.AsyncClient) -> None:
    reply = await client.post(
        "/webhook",
        content=zlib.compress(json.dumps(call("action_question")).encode()),
        headers={"Content-Encoding": "deflate"},
    )
    assert reply.json()["responses"][0]["custom"]["text"] == "hello"


async def test_an_unknown_action_is_named(client: httpx.AsyncClient) -> None:
    reply = await client.post("/webhook", json=call("action_sing"))
    assert reply.status_code == 404
    assert reply.json()["action_name"] == "action_sing"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"next_action": "action_question"}'])
async def test_a_call_that_is_none_says_so(client: httpx.AsyncClient, body: bytes) -> None:
    assert (await client.post("/webhook", content=body)).status_code == 400


async def test_vectors_come_as_float32_rows(client: httpx.AsyncClient) -> None:
    reply = await client.post("/encode", json={"texts": ["a", "abc"]})
    rows = np.frombuffer(reply.content, dtype="<f4").reshape(-1, int(reply.headers["X-Dimensions"]))
    assert rows.tolist() == [[1.0, 1.0], [3.0, 1.0]]


@pytest.mark.parametrize("body", [b"", b"[]", b'{"texts": "a"}', b'{"texts": [1]}'])
async def test_texts_that_are_none_are_refused(client: httpx.AsyncClient, body: bytes) -> None:
    assert (await client.post("/encode", content=body)).status_code == 400


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/webhook"), ("POST", "/encode"), ("GET", "/health")]
)
@pytest.mark.parametrize("secret", ["", "wrong", "s3cre"])
async def test_without_the_secret_nothing_answers(
    client: httpx.AsyncClient, method: str, path: str, secret: str
) -> None:
    reply = await client.request(method, path, headers={HEADER: secret}, json={"texts": []})
    assert reply.status_code == 403

"""Tokens and keys while Microsoft is slow or down: nobody waits in a row, nor for what is known."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import httpx
import pytest

from bot.channels.teams import connector, tokens
from bot.channels.teams.connector import Credential
from bot.channels.teams.microsoft_hosts import Microsoft
from bot.channels.teams.tokens import ConnectorTokens, KeysUnreachable, Unauthorised
from tests.teams.microsoft import APP_ID, SECRET
from tests.teams.microsoft import Microsoft as Stub

HOSTS = Microsoft("https://api.botframework.com", "https://keys", "https://token", "scope")
GRANTED = {"access_token": "first", "expires_in": 3600}

PATIENCE_S = 10.0

Answer = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]
T = TypeVar("T")


def run(asking: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(asking, PATIENCE_S))


def client(answer: Answer) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(answer))


class Clock:
    now = 10_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(connector, "time", clock)
    monkeypatch.setattr(tokens, "time", clock)
    return clock


def test_all_who_wait_for_a_token_share_one_request() -> None:
    asked = []

    async def fails(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        await asyncio.sleep(0)
        return httpx.Response(503)

    async def ask() -> list[object]:
        credential = Credential(APP_ID, SECRET, HOSTS, client(fails))
        return list(
            await asyncio.gather(*(credential.bearer() for _ in range(9)), return_exceptions=True)
        )

    failed = run(ask())
    assert len(asked) == 1
    assert all(isinstance(each, httpx.HTTPStatusError) for each in failed)


def test_token_that_is_still_good_is_used_while_the_next_one_is_slow(clock: Clock) -> None:
    async def ask() -> list[str]:
        let_go = asyncio.Event()
        let_go.set()

        async def grants(_: httpx.Request) -> httpx.Response:
            await let_go.wait()
            return httpx.Response(200, json=GRANTED)

        credential = Credential(APP_ID, SECRET, HOSTS, client(grants))
        first = await credential.bearer()
        let_go.clear()
        clock.now += 3600 - connector.TOKEN_SPARE_S + 1
        return [first, await credential.bearer()]

    assert run(ask()) == ["first", "first"]


def test_token_that_has_ended_is_not_used(clock: Clock) -> None:
    granted = iter([GRANTED, GRANTED | {"access_token": "second"}])

    async def grants(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=next(granted))

    async def ask() -> list[str]:
        credential = Credential(APP_ID, SECRET, HOSTS, client(grants))
        first = await credential.bearer()
        clock.now += 3601
        return [first, await credential.bearer()]

    assert run(ask()) == ["first", "second"]


def test_known_key_is_used_while_microsoft_does_not_answer(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "KEYS_WAIT_S", 0.0)
    stub = Stub()
    stub.url = "http://127.0.0.1"

    async def ask() -> str:
        let_go = asyncio.Event()
        let_go.set()

        async def keys(_: httpx.Request) -> httpx.Response:
            await let_go.wait()
            return httpx.Response(200, content=bytes(stub.keys().body))

        checks = ConnectorTokens(APP_ID, HOSTS, client(keys))
        await checks.check(f"Bearer {stub.token()}")
        let_go.clear()
        clock.now += tokens.KEYS_LIVE_S + 1
        unknown = asyncio.create_task(checks.check(f"Bearer {stub.token(kid='other')}"))
        await asyncio.sleep(0)
        checked = await checks.check(f"Bearer {stub.token()}")
        unknown.cancel()
        return checked

    assert run(ask()) == stub.service_url


def test_no_key_at_all_is_said_to_be_unreachable() -> None:
    async def down(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("down")

    checks = ConnectorTokens(APP_ID, HOSTS, client(down))
    with pytest.raises(KeysUnreachable):
        run(checks.check(f"Bearer {Stub().token()}"))


def listed(*keys: object) -> httpx.Response:
    return httpx.Response(200, json={"keys": keys})


def good_key() -> dict[str, Any]:
    key: dict[str, Any] = json.loads(bytes(Stub().keys().body))["keys"][0]
    return key


@pytest.mark.parametrize(
    "change",
    [{"kid": None}, {"n": "?"}, {"n": None}, {"kty": "oct"}, {"endorsements": ["webchat"]}],
)
def test_key_that_cannot_be_used_spoils_no_other(change: dict[str, Any]) -> None:
    stub = Stub()
    stub.url = "http://127.0.0.1"
    changed = {"kid": "second"} | change
    broken = {name: value for name, value in (good_key() | changed).items() if value is not None}

    async def keys(_: httpx.Request) -> httpx.Response:
        return listed("no key at all", broken, good_key())

    async def ask() -> str:
        checks = ConnectorTokens(APP_ID, HOSTS, client(keys))
        checked = await checks.check(f"Bearer {stub.token()}")
        with pytest.raises(Unauthorised):
            await checks.check(f"Bearer {stub.token(kid='second')}")
        return checked

    assert run(ask()) == stub.service_url


def test_known_keys_outlive_a_list_without_any(clock: Clock) -> None:
    answers = iter([listed(good_key()), listed()])
    stub = Stub()
    stub.url = "http://127.0.0.1"

    async def keys(_: httpx.Request) -> httpx.Response:
        return next(answers)

    async def ask() -> str:
        checks = ConnectorTokens(APP_ID, HOSTS, client(keys))
        await checks.check(f"Bearer {stub.token()}")
        clock.now += tokens.KEYS_LIVE_S + 1
        return await checks.check(f"Bearer {stub.token()}")

    assert run(ask()) == stub.service_url

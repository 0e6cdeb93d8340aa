"""What was said a moment ago, here and at another server of the same Redis."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bot.conversation.recent import FEW_WORDS, Recent, RecentMemory
from bot.storage.expiring import ExpiringValues, connect
from tests.api.wire import Wire, wire_to

REDIS = 6379


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def memory(clock: Clock) -> RecentMemory:
    return RecentMemory(ExpiringValues(clock=clock))


def test_the_last_words_are_there_for_a_moment() -> None:
    async def check() -> None:
        clock = Clock()
        recent = memory(clock)
        await recent.keep("a", piece="one")
        clock.now = 3.9
        assert (await recent.of("a")).piece == "one"
        assert (await recent.of("b")).piece is None
        clock.now = 4.1
        assert (await recent.of("a")).piece is None

    asyncio.run(check())


def test_what_is_kept_anew_lasts_anew_and_what_is_empty_is_forgotten() -> None:
    async def check() -> None:
        clock = Clock()
        recent = memory(clock)
        await recent.keep("a", asked="Is it over?", danger_left_open=True, stop=True)
        clock.now = 899
        await recent.keep("a", asked="Is it over?")
        clock.now = 901
        assert await recent.of("a") == Recent(asked="Is it over?", stop=True)
        await recent.keep("a", asked=None, stop=False)
        assert await recent.of("a") == Recent()

    asyncio.run(check())


def test_the_last_two_messages_are_read_with_the_next() -> None:
    told = Recent()
    for words in ("one", "two", "three"):
        told = Recent(earlier=told.earlier_and(words))
    assert told.earlier == ["two", "three"]


def test_the_documents_of_the_last_questions_are_remembered() -> None:
    told = Recent()
    for words in ("one", "two", "three", "four"):
        told = Recent(documents=told.documents_and(words, ["003"]))
    told = Recent(documents=told.documents_and("three", ["004"]))
    assert told.documents == {"two": ["003"], "four": ["003"], "three": ["004"]}
    assert list(told.documents_and("two", [])) == ["four", "three"]


def test_a_few_words_may_answer_what_was_asked_last() -> None:
    asked = Recent(asked="Is it over?")
    assert asked.asked_of("yes") == "Is it over?"
    assert asked.asked_of("word " * (FEW_WORDS + 1)) is None
    assert Recent().asked_of("yes") is None


@pytest.fixture
def wire() -> Iterator[Wire]:
    with ExitStack() as open_:
        yield open_.enter_context(wire_to(REDIS))


def at_two_servers(wire: Wire, check: Callable[[RecentMemory, RecentMemory], object]) -> None:
    async def both() -> None:
        clients = [connect(f"redis://127.0.0.1:{wire.port}") for _ in range(2)]
        one, other = (RecentMemory(ExpiringValues(client)) for client in clients)
        await check(one, other)  # type: ignore[misc]
        for client in clients:
            await client.aclose()

    asyncio.run(both())


def test_another_server_knows_it_too_and_forgets_it_too(wire: Wire) -> None:
    conversation = uuid.uuid4().hex

    async def check(one: RecentMemory, other: RecentMemory) -> None:
        await one.keep(conversation, earlier=["he hit her"], documents={"a [name]": ["003"]})
        assert await other.of(conversation) == Recent(
            earlier=["he hit her"], documents={"a [name]": ["003"]}
        )
        await other.forget(conversation)
        assert await one.of(conversation) == Recent()

    at_two_servers(wire, check)


@pytest.mark.parametrize("state", ["cut", "silent"])
def test_without_redis_each_server_knows_what_it_was_told_itself(wire: Wire, state: str) -> None:
    conversation = uuid.uuid4().hex

    async def check(one: RecentMemory, other: RecentMemory) -> None:
        wire.cut() if state == "cut" else wire.fall_silent()
        await one.keep(conversation, asked="Is it over?")
        assert (await one.of(conversation)).asked == "Is it over?"
        assert (await other.of(conversation)).asked is None

    at_two_servers(wire, check)

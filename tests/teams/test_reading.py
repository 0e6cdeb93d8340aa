"""What was typed is read once, out of the way of everybody else, and answered in its order."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest

from bot.container import Container
from bot.errors import Refusal
from bot.understanding.screening import ScreenedMessage, UserMessage
from tests.shipped import PHRASES
from tests.teams.client import Chat
from tests.teams.microsoft import Microsoft, texts

PATIENCE_S = 10.0


@pytest.fixture
def read(container: Container, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Texts that are read, each with the thread that does it."""
    found: list[tuple[str, str]] = []
    whole = container.screener.read

    def reading(said: UserMessage) -> ScreenedMessage:
        found.append((said.text, threading.current_thread().name))
        return whole(said)

    monkeypatch.setattr(container.screener, "read", reading)
    return found


@pytest.mark.parametrize("text", ["what about consent", "he is not breathing"])
def test_text_is_read_once_and_off_the_loop(
    chat: Chat, microsoft: Microsoft, read: list[tuple[str, str]], text: str
) -> None:
    chat.say(text)
    microsoft.wait_for(1 if "breathing" in text else 3)
    ((typed, thread),) = read
    assert typed == text
    assert thread.startswith("read-short")


def test_text_is_read_once_while_another_message_is_answered(
    asked: Chat, microsoft: Microsoft, read: list[tuple[str, str]]
) -> None:
    asked.say("what about consent")
    asked.say("what about records")
    microsoft.wait_for(8)
    assert [typed for typed, _ in read] == ["what about consent", "what about records"]


def test_edit_is_read_once(asked: Chat, microsoft: Microsoft, read: list[tuple[str, str]]) -> None:
    sent = asked.say("no")
    microsoft.wait_for(5)
    asked.edit(sent, "not at all")
    microsoft.wait_for(6)
    assert [typed for typed, _ in read] == ["no", "not at all"]


def test_messages_are_answered_in_the_order_in_which_they_came(
    asked: Chat, microsoft: Microsoft, container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the first one takes longer to read."""
    second_is_read = threading.Event()
    whole = container.screener.read

    def reading(said: UserMessage) -> ScreenedMessage:
        if said.text == "what about consent":
            assert second_is_read.wait(PATIENCE_S)
            return whole(said)
        try:
            return whole(said)
        finally:
            second_is_read.set()

    monkeypatch.setattr(container.screener, "read", reading)
    sent = [asked.say("what about consent")["id"], asked.say("what about records")["id"]]
    # 999 once, as the question of danger is left open; and each time the answer and that question.
    microsoft.wait_for(9)
    assert [each["replyToId"] for each in microsoft.posted[4::3]] == sent


def test_chat_is_counted_for_itself_and_not_by_its_name(
    asked: Chat, microsoft: Microsoft, container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    async def client(name: str) -> None:
        counted.append(name)

    monkeypatch.setattr(container.rate_limiter, "client", client)
    asked.say("what about consent")
    microsoft.wait_for(6)
    (name,) = counted
    assert re.fullmatch("teams:[0-9a-f]{64}", name)


@pytest.mark.parametrize("which", ["client", "turn"])
def test_chat_over_its_limit_is_told_so_with_999(
    asked: Chat,
    microsoft: Microsoft,
    container: Container,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
) -> None:
    async def refuse(_: str) -> None:
        raise Refusal("too-many-requests", seconds=5)

    monkeypatch.setattr(container.rate_limiter, which, refuse)
    asked.say("what about consent")
    assert texts(microsoft.wait_for(5)[4]) == [
        f"{PHRASES.in_danger} Wait 5 seconds and send it again."
    ]


def test_text_that_cannot_be_read_is_told_so_with_999(
    asked: Chat, microsoft: Microsoft, container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: str) -> Any:
        raise ValueError

    monkeypatch.setattr(container.screener._personal_data, "redact", broken)
    asked.say("what about consent")
    assert texts(microsoft.wait_for(5)[4]) == [PHRASES.refusals["not-readable-now"].detail]
    assert "999" in PHRASES.refusals["not-readable-now"].detail

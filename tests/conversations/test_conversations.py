"""Every conversation written down here, with the real assistant over its API."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant
from tests.conversations.script import check, conversations

CONVERSATIONS = conversations()
FOLDERS = (
    "happy_path",
    "digressions",
    "corrections",
    "cancellations",
    "switching",
    "invalid_input",
    "resumption",
)


@pytest.mark.rasa
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_conversation(assistant: Assistant, name: str) -> None:
    talk = assistant.talk()
    for turn in CONVERSATIONS[name].turns:
        reply = talk.choose(turn.choose) if turn.choose else talk.say(turn.say or "")
        check(turn, reply)


def test_every_folder_holds_conversations() -> None:
    assert {name.partition("/")[0] for name in CONVERSATIONS} == set(FOLDERS)

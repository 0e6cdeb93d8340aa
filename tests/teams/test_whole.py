"""Teams before the whole assistant: real Rasa, real encoder, one chat from greeting to record."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.assistant import Assistant
from tests.teams.client import Chat
from tests.teams.microsoft import Microsoft, texts

pytestmark = pytest.mark.rasa

TYPED = "Can I share this without consent?"
PATH = ("s1/no", "s2/yes", "s3/i_share")


@pytest.fixture
def whole(assistant: Assistant, microsoft: Microsoft) -> Iterator[Chat]:
    with httpx.Client(base_url=assistant.url, timeout=20) as client:
        yield Chat(client, microsoft)


def test_flow_is_started_by_words_digressed_from_and_walked_on(
    whole: Chat, microsoft: Microsoft
) -> None:
    whole.say(TYPED)
    cards = microsoft.wait_for(4)
    for at, chosen in enumerate(PATH, 1):
        whole.choose(f"step:share_without_consent/{chosen}")
        cards = microsoft.wait_for(4 + at, updates=at)
    asked = texts(cards[-1])
    whole.say("What does partnership with families mean?")
    cards = microsoft.wait_for(9)
    assert "Read it in the source" in texts(cards[-2])
    assert texts(cards[-1]) == asked


def test_danger_comes_first(whole: Chat, microsoft: Microsoft) -> None:
    whole.say("the baby is not breathing")
    assert "999" in texts(microsoft.wait_for(1)[0])[0]

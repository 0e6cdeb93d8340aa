"""What danger a message tells of in its conversation, without a reader that answers."""

from __future__ import annotations

import asyncio

import pytest

from bot.conversation.danger import ConversationDanger
from bot.conversation.store import PendingState
from bot.messages import SafetyMessage
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.classifier import Alert
from tests.shipped import SAFETY_RENDERER

NO_DANGER = "step:new_concern/s1/no"


async def calm(_: str) -> Alert | None:
    return None


@pytest.mark.parametrize(
    ("said", "named_first", "doubtful"),
    [
        ("no, he is at school", False, False),
        ("he is at school", True, True),
        ("no, I do not think she is safe", False, True),
        (None, True, False),
    ],
)
def test_what_999_is_named_for_answers_no_question_of_danger(
    said: str | None, named_first: bool, doubtful: bool
) -> None:
    danger = ConversationDanger(SAFETY_RENDERER, frozenset({NO_DANGER}), calm)
    redaction = Redaction(said, ()) if said else None
    first = SafetyMessage(text="", reason="immediate_danger") if named_first else None
    state = PendingState(last_offers=frozenset({NO_DANGER}))
    assert asyncio.run(danger.is_doubtful(redaction, state, first)) is doubtful

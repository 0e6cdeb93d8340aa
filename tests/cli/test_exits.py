from __future__ import annotations

from bot.cli.exits import Exit
from bot.messages import AnswerMessage, NotCoveredMessage, SafetyMessage, TextMessage

TEXT = TextMessage(text="Hello")
ANSWER = AnswerMessage(text="…", lead="…", quotes=[])
GAP = NotCoveredMessage(text="…", reason="not_in_sources")
DANGER = SafetyMessage(text="Call 999", reason="immediate_danger")


def test_the_exit_code_says_what_came_back() -> None:
    assert Exit.for_reply([TEXT, ANSWER]) == 0
    assert Exit.for_reply([GAP]) == 1
    assert Exit.for_reply([DANGER, GAP]) == 4
    assert Exit.for_reply([ANSWER.model_copy(update={"confidence": "closest"})]) == 1

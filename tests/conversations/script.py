"""Conversations as written in YAML, and what is expected of each reply."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from bot.messages import (
    AnswerMessage,
    Message,
    NotCoveredMessage,
    OutcomeMessage,
    QuestionMessage,
)
from knowledge.quotes import Quote

HERE = Path(__file__).parent


class Turn(BaseModel):
    """What is typed (`say`) or clicked (`choose`), and what the reply must hold.

    `asks` is the step asked last, as flow/step, or `nothing`. `ends` is a final outcome,
    `passes` one on the way. `quotes` are passages that an answer or outcome quotes. `recorded`
    are the answers that the last question or outcome shows, in order. `shows` and `hides` are
    words of the reply, `offers` choices in it.
    """

    model_config = ConfigDict(extra="forbid")

    say: str | None = None
    choose: str | None = None
    asks: str | None = None
    ends: str | None = None
    passes: str | None = None
    kind: str | None = None
    first: str | None = None
    quotes: list[str] = []
    recorded: list[str] | None = None
    shows: list[str] = []
    hides: list[str] = []
    offers: list[str] = []


class Conversation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    about: str
    turns: Annotated[list[Turn], Field(min_length=2)]


def conversations() -> dict[str, Conversation]:
    """Every conversation by folder and file name."""
    return {
        f"{path.parent.name}/{path.stem}": Conversation.model_validate(
            yaml.safe_load(path.read_text(encoding="utf-8"))
        )
        for path in sorted(HERE.glob("*/*.yaml"))
    }


def check(turn: Turn, messages: list[Message]) -> None:
    text = "\n".join(message.text for message in messages)
    last = messages[-1]
    asked = [each for each in messages if isinstance(each, QuestionMessage)]
    told = [each for each in messages if isinstance(each, OutcomeMessage)]
    if turn.asks == "nothing":
        assert not asked, text
    elif turn.asks:
        assert isinstance(last, QuestionMessage), text
        assert f"{last.flow.id}/{last.flow.step}" == turn.asks
    if turn.ends:
        assert isinstance(last, OutcomeMessage), text
        assert last.final
        assert f"{last.flow.id}/{last.flow.step}" == turn.ends
    if turn.passes:
        assert [f"{each.flow.id}/{each.flow.step}" for each in told] == [turn.passes]
        assert not told[0].final
    if turn.kind:
        assert [each.kind for each in told] == [turn.kind]
    if turn.first:
        assert messages[0].type == turn.first, text
    if turn.recorded is not None:
        assert isinstance(last, QuestionMessage | OutcomeMessage), text
        assert [each.answer for each in last.answers] == turn.recorded
    quoted = {quote.passage_id for message in messages for quote in quotes(message)}
    assert set(turn.quotes) <= quoted, quoted
    for words in turn.shows:
        assert words in text
    for words in turn.hides:
        assert words not in text
    offered = {option.id for message in messages for option in message.options}
    assert set(turn.offers) <= offered, offered


def quotes(message: Message) -> list[Quote]:
    if isinstance(message, AnswerMessage | OutcomeMessage):
        return list(message.quotes)
    if isinstance(message, NotCoveredMessage):
        return list(message.related)
    return []

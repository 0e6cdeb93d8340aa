"""What a person may send back as a choice."""

from __future__ import annotations

from collections.abc import Iterable

from bot import choices
from bot.messages import (
    AnswerMessage,
    Message,
    NotCoveredMessage,
    OutcomeMessage,
    QuestionMessage,
)


def on_offer(messages: Iterable[Message]) -> Iterable[str]:
    """The choice ids that `messages` hold, wherever they hold them."""
    for message in messages:
        yield from (option.id for option in message.options)
        if isinstance(message, QuestionMessage):
            yield from (option.id for option in message.controls)
        if isinstance(message, QuestionMessage | OutcomeMessage):
            yield from (answer.change for answer in message.answers if answer.change)
        if isinstance(message, AnswerMessage | NotCoveredMessage):
            yield from (choices.start(flow.id) for flow in message.related_flows)

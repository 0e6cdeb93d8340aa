"""The turns of a conversation as a page shows them: what was clicked stands there in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import choices
from bot.content.page_phrases import WidgetPhrases
from bot.conversation.store import StoredTurn
from bot.messages import (
    AnswerMessage,
    Message,
    NotCoveredMessage,
    OutcomeMessage,
    QuestionMessage,
)

RATED = ("answer", "not_covered")


@dataclass(frozen=True)
class ShownTurn:
    """`said`: typed, or the words of what was clicked. `chosen`: what was clicked after it."""

    number: int
    said: str | None
    messages: Sequence[Message]
    chosen: str | None = None

    @property
    def is_rated(self) -> bool:
        """Whether its reader is asked if it helped; not where it cannot be kept."""
        return bool(self.number) and any(
            each.type in RATED or (isinstance(each, OutcomeMessage) and each.final)
            for each in self.messages
        )

    @property
    def safety(self) -> list[Message]:
        """What stands above everything else, also above a long message that was typed."""
        return [each for each in self.messages if each.type == "safety"]

    @property
    def below(self) -> list[Message]:
        return [each for each in self.messages if each.type != "safety"]


def shown_turns(turns: Sequence[StoredTurn], phrases: WidgetPhrases) -> list[ShownTurn]:
    labels: dict[str, str] = {}
    shown = []
    for number, turn in enumerate(turns):
        said = turn.said or labels.get(turn.choice or "")
        labels |= dict(_labels(turn.messages, phrases))
        chosen = turns[number + 1].choice if number + 1 < len(turns) else None
        shown.append(ShownTurn(turn.number, said, turn.messages, chosen))
    return shown


def _labels(messages: Sequence[Message], phrases: WidgetPhrases) -> Iterable[tuple[str, str]]:
    """Each choice on offer, and the words that stand for it."""
    for message in messages:
        yield from ((option.id, option.label) for option in message.options)
        if isinstance(message, QuestionMessage):
            yield from ((option.id, option.label) for option in message.controls)
        if isinstance(message, QuestionMessage | OutcomeMessage):
            for each in message.answers:
                if each.change:
                    which = phrases.your_answer_to.format(question=each.question)
                    yield each.change, f"{phrases.change} {which}"
        if isinstance(message, AnswerMessage | NotCoveredMessage):
            yield from ((choices.start(flow.id), flow.title) for flow in message.related_flows)

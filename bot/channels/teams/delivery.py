"""What goes back to a chat: cards in their order, and a sign of life."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from microsoft_teams.cards import AdaptiveCard

from bot import choices
from bot.channels.teams.activities import Activity
from bot.channels.teams.cards import Cards, plain_card
from bot.channels.teams.connector import Connector, NotSent
from bot.messages import GivenAnswer, Message, OutcomeMessage, QuestionMessage

MOMENT_S = 0.5
"""Only a reply that takes longer shows that it is under way. Half of them take 33 ms, and with ten
people at once 182 ms (README)."""


@dataclass(frozen=True)
class Delivery:
    connector: Connector
    cards: Cards

    async def send(self, to: Activity, card: AdaptiveCard) -> None:
        """Raises NotSent."""
        await self.connector.send(to, card)

    async def say(self, to: Activity, words: str) -> None:
        """Words of the channel's own. Raises NotSent."""
        await self.send(to, plain_card(words))

    async def show(self, to: Activity, messages: Sequence[Message], turn: int) -> None:
        """A card that is slow or refused keeps back those after it. Raises NotSent."""
        for message in messages:
            await self.send(to, self.cards.of(message, turn, last=message is messages[-1]))

    async def mark_answered(self, to: Activity, choice: str, reply: Iterable[Message]) -> None:
        """Puts what was chosen in the place of the question, for everyone in the chat."""
        found = given_by(choice, reply)
        if to.card_id and found:
            with suppress(NotSent):
                await self.connector.update(to, to.card_id, self.cards.answered(*found))

    @asynccontextmanager
    async def typing(self, to: Activity) -> AsyncIterator[None]:
        """Shows that a reply is under way, where it takes longer than a moment. Nothing waits."""

        async def show() -> None:
            await asyncio.sleep(MOMENT_S)
            await self.connector.show_typing(to)

        showing = asyncio.create_task(show())
        try:
            yield
        finally:
            showing.cancel()


def given_by(choice: str, messages: Iterable[Message]) -> tuple[str, GivenAnswer] | None:
    """The answer that `choice` gave, as the reply to it tells, with the title of its flow."""
    flow_id, step_id, _ = (*choice.removeprefix("step:").split("/"), "", "")[:3]
    for message in messages:
        if isinstance(message, QuestionMessage | OutcomeMessage):
            for given in message.answers:
                if given.change == choices.change(flow_id, step_id):
                    return message.flow.title, given
    return None

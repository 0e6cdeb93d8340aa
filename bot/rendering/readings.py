"""What else a message may have meant: offered beside the reply, one tap away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.choices import Choice
from bot.flows import Flows
from bot.messages import Message, Option, ReadingMessage, TextMessage
from bot.rendering.plain_text import bulleted, numbered, paragraphs

Read = TypeVar("Read", bound=ReadingMessage)


class OtherReadings:
    """`heading` stands above the choices in plain text."""

    def __init__(self, flows: Flows, heading: str) -> None:
        self._flows = flows
        self._heading = heading

    def beside(
        self, messages: Sequence[Message], others: Sequence[Choice], *, numbers_free: bool
    ) -> list[Message]:
        """With `others` on offer in the first message that can hold them, or in one of their own.

        `numbers_free`: the choices of the last message may be typed by their numbers.
        """
        if not others:
            return list(messages)
        for at, message in enumerate(messages):
            if isinstance(message, ReadingMessage):
                free = numbers_free and at == len(messages) - 1
                added = self.added(message, others, numbers_free=free)
                return [*messages[:at], added, *messages[at + 1 :]]
        alone = self.added(TextMessage(text=""), others, numbers_free=False)
        return [alone, *messages]

    def added(self, message: Read, others: Sequence[Choice], *, numbers_free: bool) -> Read:
        """The message with `others` on offer as well, after its own options."""
        if not others:
            return message
        options = [Option(id=str(choice), label=self._label(choice)) for choice in others]
        first = len(message.options) + 1
        titles = numbered(options, first) if numbers_free else bulleted(options)
        more: dict[str, object] = {
            "text": paragraphs(message.text, f"{self._heading}\n{titles}"),
            "options": [*message.options, *options],
            "did_you_mean": options,
        }
        if isinstance(message, TextMessage):
            more["lead"] = message.lead or message.text
        return message.model_copy(update=more)

    def _label(self, choice: Choice) -> str:
        """Raises KeyError for a flow or a command that there is not."""
        if choice.verb == "start":
            return self._flows[choice.argument].title
        if choice.verb == "do":
            return self._flows.phrase(f"{choice.argument}_label")
        raise ValueError(f"no other reading: {choice}")

"""The decision record of a conversation: made from its last finished walk, stored nowhere."""

from __future__ import annotations

from bot.conversation.store import Conversation, ConversationStore
from bot.errors import Refusal
from bot.messages import OutcomeMessage
from bot.record import Format, Record, RecordRenderer, Stamp, sources_of
from knowledge.library import Library


class Records:
    def __init__(
        self, conversations: ConversationStore, library: Library, renderer: RecordRenderer
    ) -> None:
        self._conversations = conversations
        self._renderer = renderer
        self._library = library

    def last(self, conversation: Conversation, format: Format, number: int | None = None) -> Record:
        """Of the last walk that ended by the turn `number`. Raises a Refusal when none did."""
        for turn in reversed(self._conversations.exchange(conversation)):
            if number is not None and turn.number > number:
                continue
            for message in reversed(turn.messages):
                if isinstance(message, OutcomeMessage) and message.final:
                    sources = sources_of(message.edition, turn.at, self._library)
                    return self._renderer.render(message, Stamp(turn.at, sources), format)
        raise Refusal("no-record")

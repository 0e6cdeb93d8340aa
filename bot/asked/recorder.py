"""Notes what a turn adds, follows a change of its rating, and takes it back when it is deleted.

No id links a question to a conversation, and a mark tells only whether two are of the same one.
What a conversation has added can be worked out from its own turns for as long as these are kept,
and that is how it is taken back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.asked.contribution import (
    AskedQuestion,
    UsageEvent,
    asked_question,
    event_of_rating,
    events_of_turn,
)
from bot.asked.marks import counted_marks, marked_event, marked_question
from bot.asked.store import AskedStore
from bot.conversation.store import Conversation, ConversationStore, StoredTurn
from bot.storage.engine import in_database

log = structlog.get_logger()


@dataclass(frozen=True)
class UseRecorder:
    """`keeps_questions`: whether words are kept; counts always are."""

    asked: AskedStore
    conversations: ConversationStore
    keeps_questions: bool

    async def turn(
        self, conversation: Conversation, number: int, offered_before: Collection[str]
    ) -> None:
        """Of a turn that is kept. No reply fails because this does."""
        try:
            await in_database(self._note, conversation, number, offered_before)
        except SQLAlchemyError as error:
            log.warning("asked.not_kept", error=type(error).__name__)

    def _note(
        self, conversation: Conversation, number: int, offered_before: Collection[str]
    ) -> None:
        """Read again as it is kept, because that is what it is taken back by."""
        found = self.conversations.rated(conversation, number)
        if found is None:
            return
        turn, rating = found
        question = self._question(conversation, turn, rating)
        counted = [
            marked_event(each, conversation)
            for each in events_of_turn(turn, conversation.area, offered_before)
        ]
        if question or counted:
            self.asked.add(question, counted)

    async def rate(
        self, conversation: Conversation, number: int, rating: str, reason: str | None
    ) -> bool:
        """Keeps the rating of a turn; the last word counts. False where there is no such turn.
        Raises SQLAlchemyError."""
        before = await in_database(self.conversations.rated, conversation, number)
        if before is None:
            return False
        turn, earlier = before
        if not await in_database(self.conversations.rate, conversation, number, rating, reason):
            return False
        if earlier != rating:
            try:
                await in_database(
                    self.asked.exchange,
                    self._added(conversation, turn, earlier),
                    self._added(conversation, turn, rating),
                )
            except SQLAlchemyError as error:
                log.warning("asked.not_kept", error=type(error).__name__)
        return True

    def forget(self, conversation_id: str) -> None:
        """Removes a conversation whose person wants it gone, and every question that it added.
        Counts of the day stay, without its marks. Raises SQLAlchemyError: then nothing is
        removed."""
        conversation = self.conversations.known(conversation_id)
        if conversation is None:
            return
        ratings = self.conversations.ratings(conversation)
        turns = self.conversations.exchange(conversation)
        added = [
            marked_question(question, conversation)
            for before, turn in zip([None, *turns], turns, strict=False)
            if (
                question := asked_question(
                    turn, conversation.area, ratings.get(turn.number), before
                )
            )
        ]

        def take_back(connection: Connection) -> None:
            self.asked.take_back(connection, added)
            self.asked.unmark(connection, counted_marks(conversation, turns))

        self.conversations.forget(conversation_id, take_back)

    def _question(
        self, conversation: Conversation, turn: StoredTurn, rating: str | None
    ) -> list[AskedQuestion]:
        if not self.keeps_questions:
            return []
        before = self._before(conversation, turn) if turn.choice else None
        found = asked_question(turn, conversation.area, rating, before)
        return [marked_question(found, conversation)] if found else []

    def _before(self, conversation: Conversation, turn: StoredTurn) -> StoredTurn | None:
        turns = self.conversations.exchange(conversation)
        return next((each for each in turns if each.number == turn.number - 1), None)

    def _added(
        self, conversation: Conversation, turn: StoredTurn, rating: str | None
    ) -> tuple[list[AskedQuestion], list[UsageEvent]]:
        counted = event_of_rating(turn, conversation.area, rating)
        events = [marked_event(counted, conversation)] if counted else []
        return self._question(conversation, turn, rating), events

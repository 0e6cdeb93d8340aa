"""What is kept of a conversation. Nothing enters that is not redacted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import (
    Boolean,
    Connection,
    Engine,
    Row,
    bindparam,
    case,
    delete,
    false,
    insert,
    null,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from bot.conversation.offers import on_offer
from bot.conversation.tokens import digest, new_conversation_id, new_token
from bot.messages import MESSAGES, Message
from bot.storage.engine import empty_journal
from bot.storage.tables import conversations, feedback, turns

AT_A_TIME = 500
"""Ids in one statement. SQLite took 999 values for long."""

Mode = Literal["guidance", "induction"]

# Built once: putting a statement together costs more than SQLite takes to run it.
BY_TOKEN = select(conversations).where(conversations.c.token_hash == bindparam("hash"))
LAST_OFFERS = (
    select(turns.c.offers)
    .where(turns.c.conversation_id == conversations.c.id, turns.c.number == conversations.c.turns)
    .scalar_subquery()
)
PENDING = select(
    conversations.c.held, conversations.c.stop, LAST_OFFERS.label("last_offers")
).where(conversations.c.id == bindparam("id"))
BY_KEY = select(turns).where(
    turns.c.conversation_id == bindparam("id"), turns.c.key_hash == bindparam("key")
)
OFFERS = select(turns.c.offers).where(turns.c.conversation_id == bindparam("id"))
# A turn clears only what it has taken up itself: a safety turn may have come in between.
ADVANCE = (
    update(conversations)
    .where(conversations.c.id == bindparam("which"))
    .values(
        turns=conversations.c.turns + 1,
        seen_at=bindparam("at"),
        held=case(
            (conversations.c.held == bindparam("held_taken"), null()), else_=conversations.c.held
        ),
        stop=case((conversations.c.stop == bindparam("stop_taken"), 0), else_=conversations.c.stop),
    )
    .returning(conversations.c.turns)
)
INTERRUPT = (
    update(conversations)
    .where(conversations.c.id == bindparam("which"))
    .values(
        turns=conversations.c.turns + 1,
        seen_at=bindparam("at"),
        held=bindparam("held_back"),
        # The turn's number, so that each safety turn asks for a stop of its own.
        stop=case(
            (bindparam("stops", type_=Boolean), conversations.c.turns + 1),
            else_=conversations.c.stop,
        ),
    )
    .returning(conversations.c.turns)
)
ADD = insert(turns)


class UnknownToken(Exception):
    """No conversation answers to this token."""


class ExpiredToken(Exception):
    """The conversation is over its time."""


class WrongConversation(Exception):
    """The token belongs to another conversation."""


class IdempotencyKeyTaken(Exception):
    """Another turn of the conversation was kept under the same key."""


@dataclass(frozen=True)
class Conversation:
    """`token_hash` is all that is kept of its token, and is gone with the conversation."""

    id: str
    area: str | None
    mode: str
    expires_at: datetime
    token_hash: str = field(repr=False)


@dataclass(frozen=True)
class StoredTurn:
    """One turn as it is kept: what was said (redacted) or clicked, and the reply."""

    number: int
    said: str | None
    choice: str | None
    messages: list[Message]
    at: datetime


@dataclass(frozen=True)
class PendingState:
    """What a turn needs to know before it is taken.

    `first` is the turn that came with the same key; `held` the redacted text that a safety
    message held back; `stop` the number of the turn that wants the open flow stopped, or 0;
    `last_offers` the choice ids of the last reply.
    """

    held: str | None = None
    stop: int = 0
    offered: bool = False
    first: StoredTurn | None = None
    last_offers: frozenset[str] = frozenset()


class ConversationStore:
    """Synchronous and quick: one or two statements a call."""

    def __init__(
        self,
        engine: Engine,
        life: timedelta,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.engine = engine
        self._life = life
        self._now = now

    def open(self, area: str | None, mode: Mode) -> tuple[Conversation, str]:
        """A new conversation and its token, which is not kept."""
        token = new_token()
        return self._insert(digest(token), area, mode), token

    def under(self, key: str, area: str | None, mode: Mode = "guidance") -> Conversation:
        """The conversation that a channel knows by a key of its own, opened when it is new.

        It does not expire: the channel, not a token, says who speaks.
        """
        hashed = digest(key)
        with suppress(IntegrityError):
            return self._by_hash(hashed) or self._insert(hashed, area, mode)
        return self._by_hash(hashed) or self._insert(hashed, area, mode)

    def known(self, conversation_id: str) -> Conversation | None:
        """For whoever has another proof than the token, such as a signed link."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(conversations).where(conversations.c.id == conversation_id)
            ).one_or_none()
        return _conversation(row) if row else None

    def authenticate(self, conversation_id: str, token: str) -> Conversation:
        """Raises UnknownToken, NotYours or ExpiredToken.

        Looked up by the token alone, so that an answer never tells which ids exist.
        """
        conversation = self._by_hash(digest(token))
        if conversation is None:
            raise UnknownToken
        if conversation.id != conversation_id:
            raise WrongConversation
        if conversation.expires_at <= self._now():
            raise ExpiredToken
        return conversation

    def state(
        self, conversation: Conversation, key: str | None, choice: str | None
    ) -> PendingState:
        mine = {"id": conversation.id}
        with self.engine.connect() as connection:
            row = connection.execute(PENDING, mine).one_or_none()
            if row is None:
                raise UnknownToken
            first = connection.execute(BY_KEY, mine | {"key": digest(key)}).first() if key else None
            offers = connection.scalars(OFFERS, mine).all() if choice else []
        offered = any(choice in each.split("\n") for each in offers)
        last_offers = frozenset((row.last_offers or "").split("\n"))
        return PendingState(
            row.held, row.stop, offered, _turn(first) if first else None, last_offers
        )

    def keep(
        self,
        conversation: Conversation,
        messages: Sequence[Message],
        *,
        said: str | None = None,
        choice: str | None = None,
        key: str | None = None,
        taken_up: PendingState = PendingState(),
    ) -> int:
        """Adds a turn and returns its number. The opening is turn 0.

        What of `taken_up` is still as it was is cleared. Raises UnknownToken when the
        conversation was forgotten meanwhile, and KeyTaken.
        """
        taken = {"held_taken": taken_up.held, "stop_taken": taken_up.stop}
        return self._add(ADVANCE, conversation, messages, taken, said, choice, key)

    def interrupt(
        self,
        conversation: Conversation,
        messages: Sequence[Message],
        *,
        said: str | None,
        stop: bool,
        key: str | None = None,
    ) -> int:
        """Adds a safety turn, which holds back what was `said`, and returns its number.

        With `stop` the open flow is to be stopped before the next turn. Raises as `keep` does.
        """
        held = {"held_back": said, "stops": stop}
        return self._add(INTERRUPT, conversation, messages, held, said, None, key)

    def _add(
        self,
        advance: ReturningUpdate[int],
        conversation: Conversation,
        messages: Sequence[Message],
        values: Mapping[str, object],
        said: str | None,
        choice: str | None,
        key: str | None,
    ) -> int:
        at = self._seconds()
        row = {
            "conversation_id": conversation.id,
            "said": said,
            "choice": choice,
            "messages": MESSAGES.dump_json(list(messages)).decode(),
            "offers": "\n".join(dict.fromkeys(on_offer(messages))),
            "key_hash": digest(key) if key else None,
            "at": at,
        }
        try:
            with self.engine.begin() as connection:
                number = connection.scalar(advance, {"which": conversation.id, "at": at, **values})
                if number is None:
                    raise UnknownToken
                connection.execute(ADD, {"number": number, **row})
        except IntegrityError:
            # The number is ours alone while the row of the conversation is locked.
            raise IdempotencyKeyTaken from None
        return number

    def answers(self) -> bool:
        """Whether turns can be kept. Raises SQLAlchemyError for a database that cannot be reached
        or only read, and for a table that is missing or locked."""
        with self.engine.begin() as connection:
            for table in (conversations, turns, feedback):
                connection.execute(delete(table).where(false()))
        return True

    def exchange(self, conversation: Conversation) -> list[StoredTurn]:
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(turns)
                .where(turns.c.conversation_id == conversation.id)
                .order_by(turns.c.number)
            ).all()
        return [_turn(row) for row in rows]

    def rate(self, conversation: Conversation, turn: int, rating: str, reason: str | None) -> bool:
        """The last word counts. False when there is no such turn."""
        mine = (feedback.c.conversation_id == conversation.id, feedback.c.turn == turn)
        with self.engine.begin() as connection:
            known = connection.scalar(
                select(turns.c.number).where(
                    turns.c.conversation_id == conversation.id, turns.c.number == turn
                )
            )
            if known is None:
                return False
            connection.execute(delete(feedback).where(*mine))
            connection.execute(
                insert(feedback).values(
                    conversation_id=conversation.id,
                    turn=turn,
                    rating=rating,
                    reason=reason,
                    at=self._seconds(),
                )
            )
        return True

    def rated(
        self, conversation: Conversation, number: int
    ) -> tuple[StoredTurn, str | None] | None:
        """A turn with its rating so far; None when there is no such turn."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(turns).where(
                    turns.c.conversation_id == conversation.id, turns.c.number == number
                )
            ).one_or_none()
        return (_turn(row), self.ratings(conversation).get(number)) if row else None

    def ratings(self, conversation: Conversation) -> dict[int, str]:
        """By the number of the turn."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(feedback.c.turn, feedback.c.rating).where(
                    feedback.c.conversation_id == conversation.id
                )
            ).all()
        return {row.turn: row.rating for row in rows}

    def forget(
        self, conversation_id: str, also: Callable[[Connection], None] = lambda _: None
    ) -> None:
        """With all its turns. `also` is done in the same transaction: both are, or neither."""
        with self.engine.begin() as connection:
            also(connection)
            connection.execute(delete(conversations).where(conversations.c.id == conversation_id))
        empty_journal(self.engine)

    def known_among(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids whose conversation is not gone."""
        known: set[str] = set()
        with self.engine.connect() as connection:
            for begin in range(0, len(ids), AT_A_TIME):
                some = conversations.c.id.in_(ids[begin : begin + AT_A_TIME])
                known.update(connection.scalars(select(conversations.c.id).where(some)))
        return known

    def unseen_since(self, days: int) -> list[str]:
        """Ids of the conversations whose last turn is older than `days`."""
        limit = self._seconds() - int(timedelta(days=days).total_seconds())
        with self.engine.connect() as connection:
            return list(
                connection.scalars(
                    select(conversations.c.id).where(conversations.c.seen_at < limit)
                )
            )

    def _by_hash(self, token_hash: str) -> Conversation | None:
        with self.engine.connect() as connection:
            row = connection.execute(BY_TOKEN, {"hash": token_hash}).one_or_none()
        return _conversation(row) if row else None

    def _insert(self, token_hash: str, area: str | None, mode: Mode) -> Conversation:
        at = self._now().replace(microsecond=0)
        row = Conversation(new_conversation_id(), area, mode, at + self._life, token_hash)
        with self.engine.begin() as connection:
            connection.execute(
                insert(conversations).values(
                    id=row.id,
                    token_hash=token_hash,
                    area=area,
                    mode=mode,
                    expires_at=int(row.expires_at.timestamp()),
                    seen_at=int(at.timestamp()),
                    turns=-1,
                    stop=0,
                )
            )
        return row

    def _seconds(self) -> int:
        return int(self._now().timestamp())


def _conversation(row: Row[tuple[object, ...]]) -> Conversation:
    expires_at = datetime.fromtimestamp(row.expires_at, UTC)
    return Conversation(row.id, row.area, row.mode, expires_at, row.token_hash)


def _turn(row: Row[tuple[object, ...]]) -> StoredTurn:
    return StoredTurn(
        row.number,
        row.said,
        row.choice,
        MESSAGES.validate_json(row.messages),
        datetime.fromtimestamp(row.at, UTC),
    )

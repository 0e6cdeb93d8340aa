"""One turn of a conversation: the only way through, whatever the channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol
from weakref import WeakValueDictionary

from anyio.to_thread import run_sync

from bot import metrics
from bot.choices import Choice
from bot.contacts import Contacts
from bot.conversations import Conversation, Conversations, State
from bot.limits import Allowance, Limits
from bot.messages import Message, PrivacyMessage, SafetyReason, TextMessage
from bot.messenger import Messenger, NoReply
from bot.off import OffSwitch
from bot.problems import Problem
from bot.safety.messages import CARRY_ON, carries_on, privacy_message, safety_message
from bot.safety.personal_data import Redaction
from bot.safety.text import normalise

LONGEST = 2000
"""Characters that a text may have, counted after normalisation."""

SEARCHED_FOR_DANGER = 20_000
"""Characters of an over-long text in which danger is still looked for."""

TURN_WAITS_S = 1.5

OPENINGS = {"guidance": Choice("do", "menu"), "induction": Choice("module", "list")}
STOP = Choice("do", "stop")
WHERE = Choice("do", "where")

NO_REPLY = (
    "I cannot answer just now. Nothing is lost: please send your message again in a minute.\n\n"
    "If a child is in danger, call 999. Do not wait for this chat."
)


class Danger(Protocol):
    def reason(self, text: str, redacted: str) -> SafetyReason | None: ...


class PersonalData(Protocol):
    def redact(self, text: str) -> Redaction: ...


@dataclass(frozen=True)
class Said:
    """What a person typed, or the id of what they clicked.

    `key` makes a retry harmless; `client` is the address that the limits count.
    """

    text: str = ""
    choice: str | None = None
    key: str | None = None
    client: str | None = None
    channel_keeps_a_copy: bool = False


@dataclass(frozen=True)
class Reply:
    """`allowance` is None for a safety reply, which no limit counts."""

    turn: int
    messages: list[Message]
    allowance: Allowance | None = None


@dataclass(frozen=True)
class Turns:
    conversations: Conversations
    messenger: Messenger
    danger: Danger
    personal_data: PersonalData
    contacts: Contacts
    limits: Limits
    off: OffSwitch
    patience_s: float
    _locks: WeakValueDictionary[str, asyncio.Lock] = field(
        default_factory=WeakValueDictionary, init=False
    )

    async def open(self, conversation: Conversation) -> Reply:
        """The first words of a conversation, as turn 0."""
        messages, after = await self._hear(conversation, OPENINGS[conversation.mode], State())
        return await self._keep(conversation, Said(), None, messages, after)

    async def take(self, conversation: Conversation, said: Said) -> Reply:
        """Raises Problem: text not acceptable, choice not on offer, too often, two at once."""
        if said.choice is not None:
            return await self._go_on(conversation, said, None)
        redaction, reason = await run_sync(self.examine, said.text)
        if reason:
            return await self._interrupt(conversation, said, redaction, reason)
        return await self._go_on(conversation, said, redaction)

    def examine(self, typed: str) -> tuple[Redaction, SafetyReason | None]:
        """Danger first, however long or broken the text is; then whether it can be taken.

        Raises a 422 Problem. Of an over-long text only the beginning comes back redacted.
        """
        text = normalise(typed[:SEARCHED_FOR_DANGER])
        redaction = self.personal_data.redact(text[:LONGEST])
        reason = None if carries_on(text) else self.danger.reason(text, redaction.text)
        if reason is None:
            check_text(typed, text)
        return redaction, reason

    async def _interrupt(
        self, conversation: Conversation, said: Said, redaction: Redaction, reason: SafetyReason
    ) -> Reply:
        """Rasa hears nothing of it, so the conversation stays where it was."""
        state = await run_sync(self.conversations.state, conversation, said.key, None)
        if state.first:
            if any(message.type == "safety" for message in state.first.messages):
                return Reply(state.first.number, state.first.messages)
            # A key used twice for different words must not hide 999 behind an old answer.
            said = replace(said, key=None)
        messages: list[Message] = [safety_message(reason, self.contacts)]
        # A child's words are not kept, and a child is not told off about names.
        text = None if reason == "child_user" else redaction.text
        if text and redaction.found:
            messages.append(_privacy(redaction, said))
        after = State(held=text, stop=state.stop or reason == "self_harm")
        return await self._keep(conversation, said, text, messages, after)

    async def _go_on(
        self, conversation: Conversation, said: Said, redaction: Redaction | None
    ) -> Reply:
        allowance = await self.limits.turn(conversation.id, said.client)
        async with self._alone(conversation.id):
            state = await run_sync(self.conversations.state, conversation, said.key, said.choice)
            if state.first:
                return Reply(state.first.number, state.first.messages, allowance)
            if said.choice is not None and not state.offered:
                raise choice_not_on_offer()
            text = redaction.text if redaction else None
            messages, after = await self._hear(conversation, _for_rasa(text, said, state), state)
            if redaction and redaction.found:
                messages = [_privacy(redaction, said), *messages]
            reply = await self._keep(conversation, said, text, messages, after)
        return replace(reply, allowance=allowance)

    async def _keep(
        self,
        conversation: Conversation,
        said: Said,
        redacted: str | None,
        messages: list[Message],
        after: State,
    ) -> Reply:
        for message in messages:
            metrics.messages.labels(message.type).inc()
        keep = partial(
            self.conversations.keep,
            said=redacted,
            choice=said.choice,
            key=said.key,
            held=after.held,
            stop=after.stop,
        )
        return Reply(await run_sync(keep, conversation, messages), messages)

    async def _hear(
        self, conversation: Conversation, said: str | Choice, state: State
    ) -> tuple[list[Message], State]:
        """What Rasa replies, and the state after it: unchanged where Rasa was not reached."""
        if reason := self.off.reason:
            return [self.off.message(reason)], state
        try:
            async with asyncio.timeout(self.patience_s):
                if state.stop:
                    await self.messenger.send(conversation, STOP)
                return await self.messenger.send(conversation, said), State()
        except (NoReply, TimeoutError):
            metrics.unanswered.inc()
            return [TextMessage(text=NO_REPLY)], state

    @asynccontextmanager
    async def _alone(self, conversation_id: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        try:
            await asyncio.wait_for(lock.acquire(), TURN_WAITS_S)
        except TimeoutError:
            raise two_at_once() from None
        try:
            yield
        finally:
            lock.release()


def _for_rasa(redacted: str | None, said: Said, state: State) -> str | Choice:
    """After a safety message its one option may be typed, by its label or its number."""
    typed = redacted is not None and state.held is not None and carries_on(redacted, numbered=True)
    if typed or said.choice == CARRY_ON:
        return state.held or WHERE
    return redacted if redacted is not None else Choice.parse(said.choice or "")


def _privacy(redaction: Redaction, said: Said) -> PrivacyMessage:
    return privacy_message(redaction, channel_keeps_a_copy=said.channel_keeps_a_copy)


def check_text(typed: str, normalised: str) -> None:
    """Raises a 422 Problem for a text that cannot be taken."""
    if len(typed) > SEARCHED_FOR_DANGER or len(normalised) > LONGEST:
        raise Problem(
            422,
            "text-too-long",
            "The text is too long",
            f"Send at most {LONGEST:,} characters. Shorten the text or send it in parts.",
        )
    if any("\ud800" <= character <= "\udfff" for character in typed):
        raise Problem(
            422,
            "not-text",
            "The text holds half characters",
            "Send whole Unicode characters: the text has a lone surrogate.",
        )
    if not normalised:
        raise Problem(422, "text-empty", "The text is empty", "Type a question and send it.")


def choice_not_on_offer() -> Problem:
    return Problem(
        422,
        "choice-not-on-offer",
        "This choice is not on offer",
        "Send the id of an option that this conversation has shown.",
    )


def two_at_once() -> Problem:
    return Problem(
        409,
        "turn-under-way",
        "Another turn is under way",
        "Wait for the reply to the last message, then send this one again.",
        headers={"Retry-After": "2"},
    )

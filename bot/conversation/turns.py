"""One turn of a conversation: the only way through, whatever the channel.

==========  =============================================  ==================================
step        from, to                                       where
==========  =============================================  ==================================
normalise   UserMessage -> NormalisedText                  bot.understanding.screening
redact      NormalisedText -> Redaction                    bot.understanding.screening
safety      NormalisedText, Redaction -> Alert             bot.understanding.screening
            all three: UserMessage -> ScreenedMessage      Screener.screen, by the channel
            ScreenedMessage -> Reply                       Turns.take, from here on
            with what was asked and told before            ConversationDanger
documents   names in a Redaction -> ids                    ScreenedMessage.documents_taken_out
understand  TurnInput -> Meaning                           bot.understanding.interpreter
act         Meaning -> Effect                              actions.effects
render      Effect -> list[Message]                        actions.render
            all three: redacted text -> list[Message]      RasaClient.send, through Rasa's rules
keep        list[Message] -> Reply                         Turns._keep
==========  =============================================  ==================================

Danger ends the way early: its message is made here, kept, and Rasa hears nothing of it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal

import structlog
from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError

from bot.asked.recorder import UseRecorder
from bot.choices import Choice
from bot.conversation.danger import ConversationDanger, asked_in, earlier_after
from bot.conversation.forgetting import Forgetting
from bot.conversation.kill_switch import KillSwitch
from bot.conversation.locks import ConversationLocks, TurnLock, turn_under_way
from bot.conversation.rasa_client import NOTHING_TOLD, RasaClient, RasaUnavailable, Told
from bot.conversation.rate_limits import Allowance, RateLimiter
from bot.conversation.recent import Recent, RecentMemory
from bot.conversation.store import (
    Conversation,
    ConversationStore,
    IdempotencyKeyTaken,
    PendingState,
    StoredTurn,
)
from bot.errors import Refusal
from bot.induction.codes import to_keep
from bot.messages import (
    Message,
    PrivacyMessage,
    SafetyMessage,
    SafetyReason,
    TextMessage,
    says_danger,
)
from bot.operations import metrics
from bot.rendering.safety import SafetyRenderer
from bot.storage.engine import in_database
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.places import Places
from bot.understanding.safety.carry_on import CARRY_ON, CarryOn
from bot.understanding.screening import NamesDocuments, ScreenedMessage, UserMessage

log = structlog.get_logger()

TOO_OFTEN = ("too-many-requests", "too-many-at-once")

SAFETY_WAITS_S = 1.0
"""For how long 999 waits to be kept, or a click that means danger for its walk."""

REST_WAITS_S = 2.0
"""For how long possible danger waits for what is to follow it. README: with fifty clients at once
nineteen replies in twenty came within 1.7 s."""

DANGER_WAITS_S = 4.0
"""For how long Rasa may think about an answer to the question whether somebody is in danger."""

HELD_STOP = -1
"""In the place of a turn's number, for a stop that is held here."""

OPENINGS = {"guidance": Choice("do", "menu"), "induction": Choice("module", "list")}
STOP = Choice("do", "stop")
WHERE = Choice("do", "where")

Held = Callable[[str], AbstractContextManager[object]]
"""Keeps the turn of a conversation, by its id, on the edition that it began with."""

Who = Callable[[], Awaitable[Conversation]]
"""Gives the conversation that is spoken in, once it is known who speaks. May raise a Refusal."""


@dataclass(frozen=True)
class Reply:
    """`turn` is 0 for a safety reply that could not be kept. No limit holds back a safety reply,
    so its `allowance` is None. `outcome`: what came of it, where 999 is not first."""

    turn: int
    messages: list[Message]
    allowance: Allowance | None = None
    outcome: Literal["answered", "again", "unanswered", "off"] = "answered"


@dataclass(frozen=True)
class Turns:
    """What is kept of turns under way is shared by all that are made of one another (`replace`)."""

    conversations: ConversationStore
    use: UseRecorder
    rasa_client: RasaClient
    safety: SafetyRenderer
    carry_on: CarryOn
    rate_limiter: RateLimiter
    kill_switch: KillSwitch
    danger: ConversationDanger
    names: NamesDocuments
    is_area: Callable[[str], bool]
    places: Places
    no_reply: str
    patience_s: float
    recent: RecentMemory
    locks: ConversationLocks
    held: Held = nullcontext
    _under_way: set[asyncio.Task[Reply]] = field(default_factory=set)

    async def open(self, conversation: Conversation) -> Reply:
        """The first words of a conversation, as turn 0."""
        ends_at = self._ends_at()
        async with self._alone(conversation) as lock:
            opening = OPENINGS[conversation.mode]
            heard = await self._ask_rasa(conversation, opening, PendingState(), ends_at)
            await lock.check()
            return await self._keep(
                conversation, UserMessage(), None, heard.messages, PendingState()
            )

    async def take(self, screened: ScreenedMessage, who: Who) -> Reply:
        """Raises Refusal: text not acceptable, choice not on offer, too often, two at once; and
        SQLAlchemyError.

        Danger is answered from memory whoever speaks, and whether or not it can be kept.
        """
        with metrics.under_way.track_inprogress():
            began, outcome = time.perf_counter(), "failed"
            try:
                reply = await self._take(screened, who)
                is_danger = any(map(says_danger, reply.messages))
                outcome = "danger" if is_danger else reply.outcome
            except Refusal as refusal:
                outcome = refusal.reason
                raise
            except SQLAlchemyError:
                outcome = "database"
                raise
            finally:
                kind = "choice" if screened.message.choice else "text"
                metrics.turns.labels(kind, outcome).inc()
                metrics.turn_seconds.labels(outcome).observe(time.perf_counter() - began)
        return reply

    async def _take(self, screened: ScreenedMessage, who: Who) -> Reply:
        recent = await self.recent.of(screened.message.conversation or "")
        screened = await self.danger.as_a_reply(screened.with_places(self.is_area), recent)
        first = self.danger.said_first(screened)
        if first is None:
            return await self._go_on(screened, who)
        if screened.alert and first.interrupts:
            messages = self._with_privacy(screened, first)
            reply = await self._in_time(self._interrupt(screened, messages, who), messages)
            if first.reason == "self_harm" and not reply.turn and screened.message.conversation:
                await self.recent.keep(screened.message.conversation, stop=True)
            return reply
        waits_s = REST_WAITS_S if screened.alert else SAFETY_WAITS_S
        return await self._in_time(self._go_on(screened, who, first), [first], waits_s)

    async def delete(self, conversation_id: str) -> None:
        """For the person whose it is, with every question that it added to those asked
        (`bot.asked`). Raises as `Forgetting.remove` does."""
        await self.forgetting.remove(conversation_id, self.use.forget)

    @property
    def forgetting(self) -> Forgetting:
        return Forgetting(self.rasa_client, self.recent, self.locks, self.patience_s)

    async def _in_time(
        self,
        turn: Coroutine[Any, Any, Reply],
        otherwise: list[Message],
        waits_s: float = SAFETY_WAITS_S,
    ) -> Reply:
        """The reply of `turn`; `otherwise`, which is kept nowhere, where it fails or is late.

        A late one goes on to its end, so that what it has begun is kept.
        """
        task = asyncio.create_task(turn)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        done, _ = await asyncio.wait({task}, timeout=waits_s)
        if done and not task.cancelled() and task.exception() is None:
            return task.result()
        metrics.not_kept.inc()
        log.warning("safety.not_kept")
        return Reply(0, otherwise)

    def _ended(self, task: asyncio.Task[Reply]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("safety.failed", error=type(error).__name__)

    def _with_privacy(self, screened: ScreenedMessage, first: SafetyMessage) -> list[Message]:
        """A child is not told off about names."""
        redaction = screened.redaction
        if first.reason == "child_user" or not (redaction and redaction.found):
            return [first]
        return [first, self._privacy(redaction, screened.message)]

    async def _interrupt(
        self, screened: ScreenedMessage, messages: list[Message], who: Who
    ) -> Reply:
        """Rasa hears nothing of it, so the conversation stays where it was."""
        message = screened.message
        conversation = await who()
        await self.recent.keep(conversation.id, piece=None, earlier=None)
        if not await self._within_limits(screened, conversation):
            return Reply(0, messages)
        state = await in_database(self.conversations.state, conversation, message.key, None)
        reason = screened.alert.reason if screened.alert else None
        # A child's words are not kept.
        kept = screened.redaction if reason != "child_user" else None
        if kept:
            recent = await self.recent.of(conversation.id)
            named = recent.documents_and(kept.text, await self._documents(screened))
            await self.recent.keep(conversation.id, documents=named)

        def is_retry(turn: StoredTurn) -> bool:
            return _is_for(turn, kept, message.choice) and _is_told(turn, reason)

        if state.first and is_retry(state.first):
            return _again(state.first)
        keep = partial(
            self.conversations.interrupt,
            conversation,
            messages,
            said=kept.text if kept else None,
            stop=reason == "self_harm",
        )
        try:
            number = await in_database(partial(keep, key=message.key))
        except IdempotencyKeyTaken:
            state = await in_database(self.conversations.state, conversation, message.key, None)
            if state.first and is_retry(state.first):
                return _again(state.first)
            # A key used twice for different words must not hide 999 behind an old answer.
            number = await in_database(keep)
        _count(messages)
        await self.recent.keep(_spoken_in(message, conversation), asked=asked_in(messages))
        return Reply(number, messages)

    async def _within_limits(self, screened: ScreenedMessage, conversation: Conversation) -> bool:
        """Beyond them danger is still answered, and no longer kept."""
        try:
            await self.rate_limiter.turn(conversation.id)
        except Refusal:
            return False
        return screened.refusal is None or screened.refusal.reason not in TOO_OFTEN

    async def _go_on(
        self, screened: ScreenedMessage, who: Who, first: SafetyMessage | None = None
    ) -> Reply:
        """With `first` the reply names 999 before anything else, in these words or its own."""
        conversation = await who()
        if screened.refusal:
            raise screened.refusal
        message, redaction = screened.message, screened.redaction
        allowance = await self.rate_limiter.turn(conversation.id)
        ends_at = self._ends_at()
        async with self._alone(conversation) as lock:
            state = await in_database(
                self.conversations.state, conversation, message.key, message.choice
            )
            recent = await self._recent(message, conversation)
            if recent.stop:
                state = replace(state, stop=HELD_STOP)
            if state.first:
                same = _is_for(state.first, redaction, message.choice)
                if same and (first is None or _is_told(state.first, first.reason)):
                    return _again(state.first, allowance)
                # A key used twice for different words must not hide 999 behind an old answer.
                message = replace(message, key=None)
            documents = await self._documents(screened)
            if redaction:
                named = recent.documents_and(redaction.text, documents)
                recent = replace(recent, documents=named)
                first = first or await self.danger.of_all(recent, redaction, message.language)
            doubtful = await self.danger.is_doubtful(redaction, state, first)
            heard = await self._answer(conversation, screened, state, recent, doubtful, ends_at)
            if not heard.answered:
                # The retry is to be a fresh try.
                message = replace(message, key=None)
            messages = heard.messages
            leaves_open = self.danger.leaves_open(state, redaction, messages, doubtful=doubtful)
            if leaves_open:
                first = first or self.danger.left_open(recent, message.language)
            if first and not any(map(says_danger, messages)):
                messages = [first, *messages]
            if redaction and redaction.found:
                names_a_place = not documents and self.places.asked_of(redaction.with_names)
                privacy = self._privacy(
                    redaction,
                    message,
                    names_a_document=bool(documents),
                    names_a_place=bool(names_a_place),
                )
                messages = [privacy, *messages]
            messages = sorted(messages, key=lambda each: not says_danger(each))
            with metrics.stage_seconds.labels("keep").time():
                await lock.check()
                reply = await self._keep(conversation, message, redaction, messages, heard.taken_up)
            await self.recent.keep(
                conversation.id,
                piece=redaction.text if redaction and heard.answered else None,
                earlier=earlier_after(recent, redaction, messages),
                danger_left_open=leaves_open,
                documents=recent.documents,
            )
            await self.recent.keep(
                _spoken_in(message, conversation),
                asked=asked_in(messages),
                stop=recent.stop and not heard.answered,
            )
        outcome = reply.outcome if heard.outcome == "answered" else heard.outcome
        return replace(reply, allowance=allowance, outcome=outcome)

    @asynccontextmanager
    async def _alone(self, conversation: Conversation) -> AsyncIterator[TurnLock]:
        """It waits as long for a connection as it would for Rasa."""
        began = time.perf_counter()
        async with self.locks.alone(conversation.id, place_waits_s=self.patience_s) as lock:
            metrics.stage_seconds.labels("lock").observe(time.perf_counter() - began)
            yield lock

    async def _answer(
        self,
        conversation: Conversation,
        screened: ScreenedMessage,
        state: PendingState,
        recent: Recent,
        doubtful: bool,
        ends_at: float,
    ) -> RasaReply:
        """Nothing for a click that means danger, where its question was never asked here."""
        choice = screened.message.choice
        # The way on from a safety message holds, also where that could not be kept.
        if choice not in (None, CARRY_ON) and not state.offered:
            if choice in self.danger.choices:
                return RasaReply([], PendingState())
            raise Refusal("choice-not-on-offer")
        typed = self._for_rasa(screened, state)
        documents = recent.documents
        told = Told(
            screened.learner,
            recent.piece,
            # Words that 999 was named for are no answer, also where it is no emergency.
            doubtful=doubtful or typed == state.held,
            after_999=state.held is not None and typed != state.held,
            documents=documents.get(typed, ()) if isinstance(typed, str) else (),
            documents_before=documents,
        )
        return await self._ask_rasa(conversation, typed, state, ends_at, told)

    async def _keep(
        self,
        conversation: Conversation,
        message: UserMessage,
        redaction: Redaction | None,
        messages: list[Message],
        taken_up: PendingState,
    ) -> Reply:
        keep = partial(
            self.conversations.keep,
            said=redaction.text if redaction else None,
            choice=message.choice,
            key=message.key,
            taken_up=taken_up,
        )
        try:
            number = await in_database(keep, conversation, to_keep(messages))
        except IdempotencyKeyTaken:
            state = await in_database(self.conversations.state, conversation, message.key, None)
            if state.first is None:
                raise turn_under_way() from None
            if _is_for(state.first, redaction, message.choice):
                return _again(state.first)
            return await self._keep(
                conversation, replace(message, key=None), redaction, messages, taken_up
            )
        _count(messages)
        await self.use.turn(conversation, number, taken_up.last_offers)
        return Reply(number, messages)

    async def _ask_rasa(
        self,
        conversation: Conversation,
        said: str | Choice,
        state: PendingState,
        ends_at: float,
        told: Told = NOTHING_TOLD,
    ) -> RasaReply:
        """What Rasa replies, and what of the state it took up: nothing where it was not reached."""
        if reason := self.kill_switch.reason:
            off = self.kill_switch.message(reason)
            return RasaReply([off], PendingState(), outcome="off")
        # Whoever is asked whether somebody is in danger is not kept waiting for 999.
        danger_asked = bool(state.last_offers & self.danger.choices)
        if danger_asked:
            ends_at = min(ends_at, _now() + DANGER_WAITS_S)
        try:
            with self.held(conversation.id), metrics.stage_seconds.labels("rasa").time():
                async with asyncio.timeout_at(ends_at):
                    if state.stop:
                        await self.rasa_client.send(conversation, STOP)
                    heard = await self.rasa_client.send(conversation, said, told)
                    return RasaReply(heard, state)
        except (RasaUnavailable, TimeoutError):
            metrics.unanswered.inc()
            plain = TextMessage(text=self.no_reply)
            return RasaReply([plain], PendingState(), outcome="unanswered")

    def _ends_at(self) -> float:
        """When a turn that begins now is not waited for any more, by the event loop's clock."""
        return _now() + self.patience_s

    def _for_rasa(self, screened: ScreenedMessage, state: PendingState) -> str | Choice:
        """After a safety message its one option may be typed, by its label or its number."""
        message, redaction = screened.message, screened.redaction
        words = redaction.text if redaction and state.held is not None else ""
        carries_on = bool(words) and self.carry_on.is_meant(words, numbered=True)
        if carries_on or message.choice == CARRY_ON:
            return state.held or WHERE
        return redaction.text if redaction else Choice.parse(message.choice or "")

    async def _documents(self, screened: ScreenedMessage) -> Sequence[str]:
        """The ids of the documents that only what was taken out of the message names."""
        if screened.redaction is None:
            return ()
        return await run_sync(screened.documents_taken_out, self.names)

    async def _recent(self, message: UserMessage, conversation: Conversation) -> Recent:
        recent = await self.recent.of(conversation.id)
        spoken_in = _spoken_in(message, conversation)
        if spoken_in == conversation.id:
            return recent
        known_before = await self.recent.of(spoken_in)
        return replace(recent, asked=known_before.asked, stop=known_before.stop)

    def _privacy(
        self,
        redaction: Redaction,
        message: UserMessage,
        *,
        names_a_document: bool = False,
        names_a_place: bool = False,
    ) -> PrivacyMessage:
        return self.safety.privacy(
            redaction,
            channel_keeps_a_copy=message.channel_keeps_a_copy,
            names_a_document=names_a_document,
            names_a_place=names_a_place,
        )


@dataclass(frozen=True)
class RasaReply:
    """A reply. `taken_up`: what of the state before it is now dealt with."""

    messages: list[Message]
    taken_up: PendingState
    outcome: Literal["answered", "unanswered", "off"] = "answered"

    @property
    def answered(self) -> bool:
        return self.outcome == "answered"


def _now() -> float:
    return asyncio.get_running_loop().time()


def _spoken_in(message: UserMessage, conversation: Conversation) -> str:
    """What the channel calls the conversation before it is known."""
    return message.conversation or conversation.id


def _is_for(turn: StoredTurn, redaction: Redaction | None, choice: str | None) -> bool:
    """Whether it is the turn of these words, or of this click."""
    return turn.said == (redaction.text if redaction else None) and turn.choice == choice


def _is_told(turn: StoredTurn, reason: SafetyReason | None) -> bool:
    """Whether 999 comes first in its reply, for this reason."""
    return any(
        says_danger(message)
        and (not isinstance(message, SafetyMessage) or message.reason == reason)
        for message in turn.messages
    )


def _again(turn: StoredTurn, allowance: Allowance | None = None) -> Reply:
    return Reply(turn.number, turn.messages, allowance, outcome="again")


def _count(messages: list[Message]) -> None:
    for message in messages:
        metrics.messages.labels(message.type).inc()
        if isinstance(message, SafetyMessage):
            interrupts = "yes" if message.interrupts else "no"
            metrics.alarms.labels(message.reason, interrupts).inc()

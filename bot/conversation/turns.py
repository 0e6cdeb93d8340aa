"""One turn of a conversation: the only way through, whatever the channel.

==========  =============================================  ==================================
step        from, to                                       where
==========  =============================================  ==================================
normalise   UserMessage -> NormalisedText                  bot.understanding.screening
redact      NormalisedText -> Redaction                    bot.understanding.screening
safety      NormalisedText, Redaction -> Alert             bot.understanding.screening
            all three: UserMessage -> ScreenedMessage      Screener.screen, by the channel
            ScreenedMessage -> Reply                       Turns.take, from here on
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
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import structlog
from cachetools import TTLCache

from bot import choices
from bot.choices import Choice
from bot.conversation.kill_switch import KillSwitch
from bot.conversation.locks import TURN_WAITS_S, ConversationLocks, turn_under_way
from bot.conversation.pieces import DangerLeftOpen, EarlierWords, LastAsked, LastPieces
from bot.conversation.rasa_client import RasaClient, RasaUnavailable
from bot.conversation.rate_limits import Allowance, RateLimiter
from bot.conversation.store import (
    Conversation,
    ConversationStore,
    IdempotencyKeyTaken,
    PendingState,
    StoredTurn,
)
from bot.errors import Refusal
from bot.flows.match import after_no, denies, says_not_safe
from bot.induction.codes import to_keep
from bot.messages import (
    Message,
    OutcomeMessage,
    PrivacyMessage,
    QuestionMessage,
    SafetyMessage,
    SafetyReason,
    TextMessage,
)
from bot.operations import metrics
from bot.rendering.safety import SafetyRenderer
from bot.storage.engine import in_database
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.carry_on import CARRY_ON, CarryOn
from bot.understanding.safety.classifier import Alert
from bot.understanding.safety.head import LIVES
from bot.understanding.screening import ScreenedMessage, UserMessage
from knowledge.text_pairs import with_asked, with_earlier

log = structlog.get_logger()

TOO_OFTEN = ("too-many-requests", "too-many-at-once")

REPLY_WAITS_S = 0.5
"""For how long a reply may be read again: 999 is to be said in a second."""

SAFETY_WAITS_S = 1.0
"""For how long 999 waits to be kept, or a click that means danger for its walk."""

REST_WAITS_S = 2.0
"""For how long possible danger waits for what is to follow it. README: with fifty clients at once
nineteen replies in twenty came within 1.7 s."""

DANGER_WAITS_S = 4.0
"""For how long Rasa may think about an answer to the question whether somebody is in danger."""

EMERGENCY = "999"
"""Whoever is told this number may reply to it: "nobody is hurt", "they are on the way"."""

HELD_STOP = -1
"""In the place of a turn's number, for a stop that is held here."""

OPENINGS = {"guidance": Choice("do", "menu"), "induction": Choice("module", "list")}
STOP = Choice("do", "stop")
WHERE = Choice("do", "where")

STOPS_HELD = 10_000
STOPS_HELD_S = 3600
"""A stop that no database took is held so long, for as many conversations."""

ReadsDanger = Callable[[str], Awaitable[Alert | None]]

Who = Callable[[], Awaitable[Conversation]]
"""Gives the conversation that is spoken in, once it is known who speaks. May raise a Refusal."""


@dataclass(frozen=True)
class Reply:
    """`turn` is 0 for a safety reply that could not be kept. No limit holds back a safety reply,
    so its `allowance` is None."""

    turn: int
    messages: list[Message]
    allowance: Allowance | None = None


@dataclass(frozen=True)
class Turns:
    """`danger_choices`: the ids of the answers that mean danger, whatever became of their walk.
    `danger_in`: the danger that redacted words tell of."""

    conversations: ConversationStore
    rasa_client: RasaClient
    safety: SafetyRenderer
    carry_on: CarryOn
    rate_limiter: RateLimiter
    kill_switch: KillSwitch
    danger_choices: frozenset[str]
    danger_in: ReadsDanger
    no_reply: str
    patience_s: float
    pieces: LastPieces = field(default_factory=LastPieces)
    reply_waits_s: float = REPLY_WAITS_S
    _earlier: EarlierWords = field(default_factory=EarlierWords, init=False)
    _asked: LastAsked = field(default_factory=LastAsked, init=False)
    _left_open: DangerLeftOpen = field(default_factory=DangerLeftOpen, init=False)
    _locks: ConversationLocks = field(default_factory=ConversationLocks, init=False)
    _under_way: set[asyncio.Task[Reply]] = field(default_factory=set, init=False)
    _stops: TTLCache[str, bool] = field(
        default_factory=lambda: TTLCache(STOPS_HELD, STOPS_HELD_S), init=False
    )

    async def open(self, conversation: Conversation) -> Reply:
        """The first words of a conversation, as turn 0."""
        async with self._locks.alone(conversation.id):
            heard = await self._ask_rasa(conversation, OPENINGS[conversation.mode], PendingState())
            return await self._keep(
                conversation, UserMessage(), None, heard.messages, PendingState()
            )

    async def take(self, screened: ScreenedMessage, who: Who) -> Reply:
        """Raises Refusal: text not acceptable, choice not on offer, too often, two at once.

        Danger is answered from memory whoever speaks, and whether or not it can be kept.
        """
        screened = await self._as_a_reply(screened)
        first = self._said_first(screened)
        if first is None:
            return await self._go_on(screened, who)
        if screened.alert and first.interrupts:
            messages = self._with_privacy(screened, first)
            reply = await self._in_time(self._interrupt(screened, messages, who), messages)
            if first.reason == "self_harm" and not reply.turn and screened.message.conversation:
                self._stops[screened.message.conversation] = True
            return reply
        waits_s = REST_WAITS_S if screened.alert else SAFETY_WAITS_S
        return await self._in_time(self._go_on(screened, who, first), [first], waits_s)

    async def forget(self, conversation_id: str) -> None:
        """Here and in Rasa's memory, once the turn under way has ended.

        Raises RasaUnavailable where Rasa cannot be reached: then nothing is removed; and Refusal
        where the turn under way does not end.
        """
        async with self._locks.alone(conversation_id, self.patience_s + TURN_WAITS_S):
            self.pieces.take(conversation_id)
            self._earlier.forget(conversation_id)
            self._asked.keep(conversation_id, None)
            self._left_open.is_new(conversation_id, left_open=False)
            await self.rasa_client.forget(conversation_id)
            await in_database(self.conversations.forget, conversation_id)

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
        log.warning("safety.not_kept")
        return Reply(0, otherwise)

    def _ended(self, task: asyncio.Task[Reply]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("safety.failed", error=type(error).__name__)

    async def _as_a_reply(self, screened: ScreenedMessage) -> ScreenedMessage:
        """A short reply means what it means after what was asked: "no, he's at his nan's".

        What tells of danger for certain in one of the two ways alone is possible danger. "Cant, he
        has my phone" tells of it only after 999 was named. Whose conversation it is has not been
        proven yet, and changes only how one's own words are read.
        """
        alert, redaction = screened.alert, screened.redaction
        if not (redaction and redaction.text):
            return screened
        asked = self._asked.of(screened.message.conversation or "", redaction.text)
        if asked is None or not (alert or EMERGENCY in asked):
            # After a question of a flow too many calm replies told of danger only together with it.
            return screened
        try:
            async with asyncio.timeout(self.reply_waits_s):
                together = await self.danger_in(with_asked(asked, redaction.text))
        except TimeoutError:
            return screened
        if together and together.certain and alert and alert.certain:
            return screened
        certain = (each for each in (together, alert) if each and each.certain)
        left = next(certain, together if alert else None)
        return replace(screened, alert=left and replace(left, certain=False))

    def _said_first(self, screened: ScreenedMessage) -> SafetyMessage | None:
        """What names 999 before anything else is said, where it must."""
        if screened.alert:
            return self.safety.first(screened.alert)
        if screened.message.choice in self.danger_choices:
            return self.safety.certain("immediate_danger")
        return None

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
        self.pieces.take(conversation.id)
        self._earlier.forget(conversation.id)
        if not await self._within_limits(screened, conversation):
            return Reply(0, messages)
        state = await in_database(self.conversations.state, conversation, message.key, None)
        reason = screened.alert.reason if screened.alert else None
        # A child's words are not kept.
        kept = screened.redaction if reason != "child_user" else None

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
        self._asked.keep(_spoken_in(message, conversation), _asked_in(messages))
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
        async with self._locks.alone(conversation.id):
            state = await in_database(
                self.conversations.state, conversation, message.key, message.choice
            )
            if _spoken_in(message, conversation) in self._stops:
                state = replace(state, stop=HELD_STOP)
            if state.first:
                same = _is_for(state.first, redaction, message.choice)
                if same and (first is None or _is_told(state.first, first.reason)):
                    return _again(state.first, allowance)
                # A key used twice for different words must not hide 999 behind an old answer.
                message = replace(message, key=None)
            before = self.pieces.take(conversation.id)
            earlier = self._earlier.of(conversation.id)
            if earlier and redaction and first is None:
                first = await self._danger_of_all(earlier, redaction)
            doubtful = await self._is_doubtful(screened, state)
            heard = await self._answer(conversation, screened, state, before, doubtful)
            if heard.answered:
                self._stops.pop(_spoken_in(message, conversation), None)
            else:
                # The retry is to be a fresh try.
                message = replace(message, key=None)
            messages = heard.messages
            left_open = bool(
                redaction
                and (doubtful or not denies(redaction.text))
                and self._leaves_danger_open(state, messages)
            )
            if self._left_open.is_new(conversation.id, left_open) and first is None:
                first = self.safety.first(Alert("immediate_danger", certain=False))
            if first and not any(map(says_danger, messages)):
                messages = [first, *messages]
            if redaction and redaction.found:
                messages = [self._privacy(redaction, message), *messages]
            messages = sorted(messages, key=lambda each: not says_danger(each))
            reply = await self._keep(conversation, message, redaction, messages, heard.taken_up)
            if redaction and heard.answered:
                self.pieces.keep(conversation.id, redaction.text)
            if any(map(says_danger, messages)):
                self._earlier.forget(conversation.id)
            elif redaction:
                self._earlier.add(conversation.id, redaction.text)
            self._asked.keep(_spoken_in(message, conversation), _asked_in(messages))
        return replace(reply, allowance=allowance)

    async def _is_doubtful(self, screened: ScreenedMessage, state: PendingState) -> bool:
        """Whether a reply to the question of danger may tell of one, so that it is no answer in
        other words: "no, I do not think she is safe" means no "no"."""
        redaction = screened.redaction
        if not redaction or not state.last_offers & self.danger_choices:
            return False
        rest = after_no(redaction.text)
        if screened.alert or not rest or says_not_safe(rest):
            return screened.alert is not None or bool(rest)
        alert = await self.danger_in(rest)
        return alert is not None and alert.certain

    def _leaves_danger_open(self, state: PendingState, messages: list[Message]) -> bool:
        """Whether it was asked if somebody is in danger, and what was typed did not answer it."""
        asked = {_changed_by(choice) for choice in state.last_offers & self.danger_choices}
        answered = {
            given.change
            for message in messages
            if isinstance(message, QuestionMessage | OutcomeMessage)
            for given in message.answers
        }
        return bool(asked - answered)

    async def _danger_of_all(
        self, earlier: Sequence[str], redaction: Redaction
    ) -> SafetyMessage | None:
        """Of what was told in several messages, none of which tells of danger alone.

        Where no life is at stake, what somebody said earlier of themselves is no news.
        """
        alert = await self.danger_in(with_earlier(earlier, redaction.text))
        grave = alert and alert.certain and alert.reason in LIVES
        return self.safety.first(replace(alert, certain=False)) if alert and grave else None

    async def _answer(
        self,
        conversation: Conversation,
        screened: ScreenedMessage,
        state: PendingState,
        before: str | None,
        doubtful: bool,
    ) -> RasaReply:
        """Nothing for a click that means danger, where its question was never asked here."""
        choice = screened.message.choice
        # The way on from a safety message holds, also where that could not be kept.
        if choice not in (None, CARRY_ON) and not state.offered:
            if choice in self.danger_choices:
                return RasaReply([], PendingState())
            raise Refusal("choice-not-on-offer")
        typed = self._for_rasa(screened, state)
        # Words that 999 was named for are no answer, also where it is no emergency.
        doubtful = doubtful or typed == state.held
        return await self._ask_rasa(conversation, typed, state, screened.learner, before, doubtful)

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
        return Reply(number, messages)

    async def _ask_rasa(
        self,
        conversation: Conversation,
        said: str | Choice,
        state: PendingState,
        learner: str | None = None,
        before: str | None = None,
        doubtful: bool = False,
    ) -> RasaReply:
        """What Rasa replies, and what of the state it took up: nothing where it was not reached."""
        if reason := self.kill_switch.reason:
            return RasaReply([self.kill_switch.message(reason)], PendingState(), answered=False)
        # Whoever is asked whether somebody is in danger is not kept waiting for 999.
        danger_asked = bool(state.last_offers & self.danger_choices)
        try:
            async with asyncio.timeout(DANGER_WAITS_S if danger_asked else self.patience_s):
                if state.stop:
                    await self.rasa_client.send(conversation, STOP)
                heard = await self.rasa_client.send(conversation, said, learner, before, doubtful)
                return RasaReply(heard, state)
        except (RasaUnavailable, TimeoutError):
            metrics.unanswered.inc()
            return RasaReply([TextMessage(text=self.no_reply)], PendingState(), answered=False)

    def _for_rasa(self, screened: ScreenedMessage, state: PendingState) -> str | Choice:
        """After a safety message its one option may be typed, by its label or its number."""
        message, redaction = screened.message, screened.redaction
        words = redaction.text if redaction and state.held is not None else ""
        carries_on = bool(words) and self.carry_on.is_meant(words, numbered=True)
        if carries_on or message.choice == CARRY_ON:
            return state.held or WHERE
        return redaction.text if redaction else Choice.parse(message.choice or "")

    def _privacy(self, redaction: Redaction, message: UserMessage) -> PrivacyMessage:
        return self.safety.privacy(redaction, channel_keeps_a_copy=message.channel_keeps_a_copy)


@dataclass(frozen=True)
class RasaReply:
    """A reply. `taken_up`: what of the state before it is now dealt with."""

    messages: list[Message]
    taken_up: PendingState
    answered: bool = True


def _changed_by(choice: str) -> str:
    """The id that asks the step of `choice` again, by which answers name their step."""
    flow, step, _ = choice.removeprefix("step:").split("/")
    return choices.change(flow, step)


def says_danger(message: Message) -> bool:
    """Whether it names 999 before anything else."""
    if isinstance(message, OutcomeMessage):
        return message.kind == "safety"
    return isinstance(message, SafetyMessage)


def _spoken_in(message: UserMessage, conversation: Conversation) -> str:
    """What the channel calls the conversation before it is known."""
    return message.conversation or conversation.id


def _asked_in(messages: Sequence[Message]) -> str | None:
    """What waits for a reply: the open question, or whether 999 is needed."""
    if messages and isinstance(messages[-1], QuestionMessage):
        return messages[-1].lead
    return next((lead for each in messages if EMERGENCY in (lead := _lead_of(each))), None)


def _lead_of(message: Message) -> str:
    return getattr(message, "lead", None) or ""


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
    return Reply(turn.number, turn.messages, allowance)


def _count(messages: list[Message]) -> None:
    for message in messages:
        metrics.messages.labels(message.type).inc()

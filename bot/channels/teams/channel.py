"""From an activity to the gateway's turn, and from its messages to cards."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import structlog
from anyio.to_thread import run_sync
from cachetools import TTLCache

from bot import choices
from bot.channels.teams import elements
from bot.channels.teams.activities import Activity, Clicked, Event, Installed, Removed, Typed
from bot.channels.teams.cards import Cards, plain_card, record_card, welcome_card
from bot.channels.teams.connector import Connector, NotSent
from bot.channels.teams.records import RecordLinks
from bot.conversations import Conversation
from bot.examination import Said
from bot.messages import GivenAnswer, Message, OutcomeMessage, QuestionMessage, SafetyMessage
from bot.messenger import NoReply
from bot.parts import Parts
from bot.problems import Problem
from bot.turn import Reply

RETRIES_LAST_S = 3600
RETRIES_KEPT = 100_000
DRAIN_S = 20.0

EDITED = "You edited your message. This is the answer to the new words."
CLOSED = "This question is closed. Start the questions again to answer it."
FORGOTTEN = (
    "This conversation is removed here. Your own messages stay in Teams until you delete them."
)
NOT_FORGOTTEN = "The conversation could not be removed just now. Try again in a minute."
NO_TEXT = "I can read typed text only, not files, pictures or voice."
WRONG = (
    "Something went wrong here. Send your message again in a minute.\n\n"
    "If a child is in danger, call 999. Do not wait for this chat."
)

log = structlog.get_logger()


class Teams:
    """Answers at once that an activity has arrived, and does the work behind that answer."""

    def __init__(
        self,
        parts: Parts,
        connector: Connector,
        cards: Cards,
        links: RecordLinks,
        secret: str,
        welcome: str,
    ) -> None:
        self._parts = parts
        self._connector = connector
        self._cards = cards
        self._links = links
        self._secret = secret
        self._welcome_text = welcome
        self._seen: TTLCache[tuple[str, str], bool] = TTLCache(RETRIES_KEPT, RETRIES_LAST_S)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._work: set[asyncio.Task[None]] = set()

    def receive(self, activity: Activity) -> None:
        """Takes the work up, unless this is a retry of what was taken up before."""
        seen = (activity.conversation, activity.retry_key)
        if activity.event and seen not in self._seen:
            self._seen[seen] = True
            task = asyncio.create_task(self._answer(activity))
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def drain(self) -> None:
        """Lets the work under way come to its end before the process stops."""
        if self._work:
            await asyncio.wait(self._work, timeout=DRAIN_S)

    async def _answer(self, activity: Activity) -> None:
        """Cards keep the order of the turns, but danger waits for nobody's turn."""
        key = activity.key(self._secret)
        lock = self._locks.setdefault(key, asyncio.Lock())
        if lock.locked() and await self._is_danger(activity.event):
            await self._handle_safely(activity, key)
        else:
            async with lock:
                await self._handle_safely(activity, key)

    async def _is_danger(self, event: Event | None) -> bool:
        if not isinstance(event, Typed):
            return False
        return (await self._parts.examiner.examine(Said(event.text))).reason is not None

    async def _handle_safely(self, activity: Activity, key: str) -> None:
        try:
            await self._handle(activity, key)
        except NotSent as error:
            log.warning("teams.not_sent", reason=str(error))
        except Exception:
            log.exception("teams.failed")
            with suppress(NotSent):
                await self._connector.send(activity, plain_card(WRONG))

    async def _handle(self, activity: Activity, key: str) -> None:
        area = self._parts.settings.area
        conversation = await run_sync(self._parts.conversations.under, f"teams:{key}", area)
        match activity.event:
            case Removed():
                await self._forget(conversation)
            case Installed():
                await self._welcome(activity, conversation)
            case Typed(text):
                await self._welcome(activity, conversation)
                await self._typed(activity, conversation, text)
            case Clicked(verb, data):
                await self._clicked(activity, conversation, verb, data)

    async def _welcome(self, activity: Activity, conversation: Conversation) -> None:
        """Once a conversation, at the install or before the first answer. Danger goes first."""
        is_new = not await run_sync(self._parts.conversations.exchange, conversation)
        if is_new and not await self._is_danger(activity.event):
            opening = await self._parts.turns.open(conversation)
            await self._connector.send(activity, welcome_card(self._welcome_text))
            for message in opening.messages:
                await self._connector.send(activity, self._cards.of(message, opening.turn))

    async def _typed(self, activity: Activity, conversation: Conversation, text: str) -> None:
        if not text:
            await self._connector.send(activity, plain_card(NO_TEXT))
            return
        reply = await self._take(activity, conversation, Said(text=text))
        if reply and activity.is_edit and not isinstance(reply.messages[0], SafetyMessage):
            await self._connector.send(activity, plain_card(EDITED))
        await self._show_reply(activity, reply)

    async def _clicked(
        self, activity: Activity, conversation: Conversation, verb: str, data: Mapping[str, Any]
    ) -> None:
        match verb, data:
            case elements.CHOOSE, {"choice": str(choice)}:
                reply = await self._take(activity, conversation, Said(choice=choice))
                await self._mark_answered(activity, choice, reply)
                await self._show_reply(activity, reply)
            case elements.RATE, {"turn": int(turn), "rating": "useful" | "not_useful" as rating}:
                await run_sync(self._parts.conversations.rate, conversation, turn, rating, None)
            case elements.SHOW_RECORD, {"turn": int(turn)}:
                url = self._links.link(conversation.id, turn)
                await self._connector.send(activity, record_card(url, self._links.minutes))
            case elements.FORGET, _:
                forgotten = await self._forget(conversation)
                await self._connector.send(
                    activity, plain_card(FORGOTTEN if forgotten else NOT_FORGOTTEN)
                )

    async def _take(
        self, activity: Activity, conversation: Conversation, said: Said
    ) -> Reply | None:
        """None after a plain word about what could not be taken."""
        said = replace(said, key=activity.retry_key, channel_keeps_a_copy=True)
        typing = asyncio.create_task(self._connector.show_typing(activity))
        try:
            examined = await self._parts.examiner.examine(said)
            return await self._parts.turns.take(examined, partial(_known, conversation))
        except Problem as problem:
            is_closed = problem.kind == "choice-not-on-offer"
            await self._connector.send(
                activity, plain_card(CLOSED if is_closed else str(problem.body["detail"]))
            )
            return None
        finally:
            await typing

    async def _show_reply(self, activity: Activity, reply: Reply | None) -> None:
        if reply:
            for message in reply.messages:
                await self._connector.send(activity, self._cards.of(message, reply.turn))

    async def _mark_answered(self, activity: Activity, choice: str, reply: Reply | None) -> None:
        """Puts what was chosen in the place of the question, for everyone in the chat."""
        card_id = activity.card_id
        found = given_by(choice, reply.messages) if reply else None
        if card_id and found:
            card = self._cards.answered(*found)
            with suppress(NotSent):
                await self._connector.update(activity, card_id, card)

    async def _forget(self, conversation: Conversation) -> bool:
        try:
            await self._parts.turns.forget(conversation.id)
        except (NoReply, Problem):
            return False
        return True


async def _known(conversation: Conversation) -> Conversation:
    return conversation


def given_by(choice: str, messages: Iterable[Message]) -> tuple[str, GivenAnswer] | None:
    """The answer that `choice` gave, as the reply to it tells, with the title of its flow."""
    flow_id, step_id, _ = (*choice.removeprefix("step:").split("/"), "", "")[:3]
    for message in messages:
        if isinstance(message, QuestionMessage | OutcomeMessage):
            for given in message.answers:
                if given.change == choices.change(flow_id, step_id):
                    return message.flow.title, given
    return None

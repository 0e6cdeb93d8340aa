"""From an activity to the gateway's turn, and from its messages to cards."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from bot.channels.teams import elements
from bot.channels.teams.activities import Activity, Clicked, Event, Installed, Removed, Typed
from bot.channels.teams.chat_queue import ChatQueue
from bot.channels.teams.connector import NotSent
from bot.channels.teams.deliveries import Deliveries
from bot.channels.teams.delivery import Delivery
from bot.channels.teams.edited_messages import Edits
from bot.channels.teams.records import RecordLinks
from bot.container import Container
from bot.conversation.rasa_client import RasaUnavailable
from bot.conversation.store import Conversation
from bot.conversation.turns import Reply
from bot.errors import Refusal
from bot.messages import says_danger
from bot.storage.engine import in_database
from bot.understanding.screening import ScreenedMessage, UserMessage

DRAIN_S = 20.0

log = structlog.get_logger()


class Teams:
    """Answers at once that an activity has arrived, and does the work behind that answer."""

    def __init__(
        self,
        current: Callable[[], Container],
        delivery: Delivery,
        links: RecordLinks,
        secret: str,
    ) -> None:
        """`current` gives the parts that answer now: those of the live edition."""
        self._current = current
        self._delivery = delivery
        self._links = links
        self._secret = secret
        self._phrases = self._container.phrases.teams
        self._dangers = self._container.turns.danger.choices
        self._order = ChatQueue()
        self._deliveries = Deliveries(self._container.redis)
        self._work: set[asyncio.Task[bool]] = set()

    @property
    def _container(self) -> Container:
        return self._current()

    @property
    def _about(self) -> str:
        about = self._container.phrases.replies.about
        return about.format(decisions=len(self._container.flows))

    @property
    def _edits(self) -> Edits:
        container = self._container
        return Edits(container.conversations, container.flows, self._dangers, self._phrases)

    def receive(self, activity: Activity) -> None:
        """Takes the work up; a retry of what was taken up before waits to see whether it failed."""
        if activity.event:
            answers = partial(self._answers, activity)
            task = self._deliveries.answer(activity.conversation, activity.retry_key, answers)
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def drain(self) -> None:
        """Lets the work under way come to its end before the process stops."""
        if self._work:
            await asyncio.wait(self._work, timeout=DRAIN_S)

    async def _answers(self, activity: Activity) -> bool:
        """Answers, and tells whether that worked."""
        chat = f"teams:{activity.key(self._secret)}"
        async with self._order.place(chat) as turn_comes:
            try:
                await self._handle(activity, chat, turn_comes)
            except NotSent as error:
                _not_sent(error)
            except Exception:
                log.exception("teams.failed")
                with suppress(NotSent):
                    await self._delivery.say(activity, self._phrases.wrong)
            else:
                return True
        return False

    async def _handle(self, activity: Activity, chat: str, turn_comes: Awaitable[object]) -> None:
        """Cards keep the order in which activities came, but danger waits for nobody's turn."""
        match activity.event:
            case Typed(text) if text:
                await self._said(activity, chat, turn_comes, UserMessage(text))
            case Clicked(elements.CHOOSE, {"choice": str(choice)}):
                await self._said(activity, chat, turn_comes, UserMessage(choice=choice))
            case event:
                await turn_comes
                await self._asked(activity, chat, event)

    async def _asked(self, activity: Activity, chat: str, event: Event | None) -> None:
        """Whatever is no turn of a conversation."""
        match event:
            case Typed():
                await self._welcome(activity, chat)
                await self._delivery.say(activity, self._phrases.no_text)
            case Installed():
                await self._welcome(activity, chat)
            case Removed():
                await self._forget(await self._conversation(chat))
            case Clicked(verb, data):
                await self._clicked(activity, await self._conversation(chat), verb, data)

    async def _conversation(self, chat: str) -> Conversation:
        return await in_database(
            self._container.conversations.under, chat, self._container.settings.area
        )

    async def _welcome(self, activity: Activity, chat: str) -> None:
        """Once a conversation. A welcome that Teams refuses keeps nothing else back."""
        conversation = await self._conversation(chat)
        if await in_database(self._container.conversations.exchange, conversation):
            return
        opening = await self._container.turns.open(conversation)
        try:
            await self._delivery.send(activity, self._delivery.cards.welcome(self._about))
            await self._delivery.show(activity, opening.messages, opening.turn)
        except NotSent as error:
            _not_sent(error)

    async def _said(
        self, activity: Activity, chat: str, turn_comes: Awaitable[object], message: UserMessage
    ) -> None:
        """Between danger and its answer stands nothing: no turn, no greeting, no database."""
        message = replace(
            message,
            key=activity.retry_key,
            client=chat,
            conversation=chat,
            channel_keeps_a_copy=True,
        )
        screened = await self._container.screener.screen(message)
        if activity.is_edit and not (screened.alert or screened.refusal):
            corrected = await self._edited(activity, chat, turn_comes, screened)
            if corrected is None:
                return
            screened = corrected
        if self._is_danger(screened):
            await self._show(activity, screened, await self._take(chat, screened))
            return
        await turn_comes
        if isinstance(activity.event, Typed):
            await self._welcome(activity, chat)
        try:
            async with self._delivery.typing(activity):
                reply = await self._take(chat, screened)
        except Refusal as refusal:
            is_closed = refusal.reason == "choice-not-on-offer"
            told = self._phrases.closed if is_closed else self._detail(refusal)
            await self._delivery.say(activity, told)
        else:
            await self._show(activity, screened, reply)

    async def _edited(
        self,
        activity: Activity,
        chat: str,
        turn_comes: Awaitable[object],
        screened: ScreenedMessage,
    ) -> ScreenedMessage | None:
        """What the new words come to; None after a plain word where they change nothing."""
        redaction = screened.redaction
        words = redaction.text if redaction else ""
        meaning = partial(self._edits.meaning, await self._conversation(chat), activity.id, words)
        found = await in_database(meaning)
        if not (isinstance(found, str) and found in self._dangers):
            # The turn that it corrects may be under way.
            await turn_comes
            found = await in_database(meaning)
        if found is None:
            return screened
        if isinstance(found, str):
            return ScreenedMessage(replace(screened.message, text="", choice=found))
        await self._delivery.show(activity, [found], 0)
        if redaction and redaction.found:
            told = self._container.safety.privacy(redaction, channel_keeps_a_copy=True)
            await self._delivery.show(activity, [told], 0)
        return None

    def _detail(self, refusal: Refusal) -> str:
        words = self._container.phrases.refusals[refusal.reason]
        return words.detail.format(**refusal.blanks)

    def _is_danger(self, screened: ScreenedMessage) -> bool:
        return bool(screened.alert) or screened.message.choice in self._dangers

    async def _take(self, chat: str, screened: ScreenedMessage) -> Reply:
        """Raises a Refusal, but not where there is danger."""
        return await self._container.turns.take(screened, partial(self._conversation, chat))

    async def _show(self, activity: Activity, screened: ScreenedMessage, reply: Reply) -> None:
        choice = screened.message.choice
        if activity.is_edit and choice is None and not any(map(says_danger, reply.messages)):
            await self._delivery.say(activity, self._phrases.edited)
        await self._delivery.show(activity, reply.messages, reply.turn)
        if choice:
            await self._delivery.mark_answered(activity, choice, reply.messages)

    async def _clicked(
        self, activity: Activity, conversation: Conversation, verb: str, data: Mapping[str, Any]
    ) -> None:
        match verb, data:
            case elements.RATE, {"turn": int(turn), "rating": "useful" | "not_useful" as rating}:
                await self._container.use.rate(conversation, turn, rating, None)
            case elements.SHOW_RECORD, {"turn": int(turn)}:
                url = self._links.link(conversation.id, turn)
                await self._delivery.send(
                    activity, self._delivery.cards.record(url, self._links.minutes)
                )
            case elements.FORGET, _:
                forgotten = await self._forget(conversation)
                await self._delivery.say(
                    activity, self._phrases.forgotten if forgotten else self._phrases.not_forgotten
                )

    async def _forget(self, conversation: Conversation) -> bool:
        try:
            await self._container.turns.delete(conversation.id)
        except (RasaUnavailable, Refusal):
            return False
        return True


def _not_sent(error: NotSent) -> None:
    log.warning("teams.not_sent", reason=str(error))

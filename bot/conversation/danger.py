"""What danger a message tells of in its conversation: after what was asked, together with what was
told before, or by leaving the question of danger open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot import choices
from bot.conversation.recent import Recent
from bot.conversation.store import PendingState
from bot.flows.match import after_no, denies, says_not_safe
from bot.messages import Message, OutcomeMessage, QuestionMessage, SafetyMessage, says_danger
from bot.rendering.safety import SafetyRenderer
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.classifier import Alert
from bot.understanding.safety.head import LIVES
from bot.understanding.screening import ScreenedMessage
from knowledge.text_pairs import with_asked, with_earlier

REPLY_WAITS_S = 0.5
"""For how long a reply may be read again: 999 is to be said in a second."""

EMERGENCY = "999"
"""Whoever is told this number may reply to it: "nobody is hurt", "they are on the way"."""

ReadsDanger = Callable[[str], Awaitable[Alert | None]]


@dataclass(frozen=True)
class ConversationDanger:
    """`choices`: the ids of the answers that mean danger, whatever became of their walk.
    `reads`: the danger that redacted words tell of. What was said before comes as a `Recent`.
    """

    safety: SafetyRenderer
    choices: frozenset[str]
    reads: ReadsDanger
    reply_waits_s: float = REPLY_WAITS_S

    async def as_a_reply(self, screened: ScreenedMessage, recent: Recent) -> ScreenedMessage:
        """A short reply means what it means after what was asked: "no, he's at his nan's".

        What tells of danger for certain in one of the two ways alone is possible danger. "Cant, he
        has my phone" tells of it only after 999 was named. Whose conversation it is has not been
        proven yet, and changes only how one's own words are read.
        """
        alert, redaction = screened.alert, screened.redaction
        if not (redaction and redaction.text):
            return screened
        asked = recent.asked_of(redaction.text)
        if asked is None or not (alert or EMERGENCY in asked):
            # After a question of a flow too many calm replies told of danger only together with it.
            return screened
        try:
            async with asyncio.timeout(self.reply_waits_s):
                together = await self.reads(with_asked(asked, redaction.text))
        except TimeoutError:
            return screened
        if together and together.certain and alert and alert.certain:
            return screened
        certain = (each for each in (together, alert) if each and each.certain)
        left = next(certain, together if alert else None)
        return replace(screened, alert=left and replace(left, certain=False))

    def said_first(self, screened: ScreenedMessage) -> SafetyMessage | None:
        """What names 999 before anything else is said, where it must."""
        if screened.alert:
            return self.safety.first(screened.alert, screened.message.language)
        if screened.message.choice in self.choices:
            return self.safety.certain("immediate_danger", screened.message.language)
        return None

    async def of_all(
        self, recent: Recent, redaction: Redaction, language: str
    ) -> SafetyMessage | None:
        """Of what was told in several messages, none of which tells of danger alone.

        Where no life is at stake, what somebody said earlier of themselves is no news.
        """
        if not recent.earlier:
            return None
        alert = await self.reads(with_earlier(recent.earlier, redaction.text))
        grave = alert and alert.certain and alert.reason in LIVES
        if not (alert and grave):
            return None
        return self.safety.first(replace(alert, certain=False), language)

    async def is_doubtful(
        self, redaction: Redaction | None, state: PendingState, first: SafetyMessage | None
    ) -> bool:
        """Whether a reply to the question of danger may tell of one, so that it is no answer in
        other words: "no, I do not think she is safe" means no "no". `first`: what names 999 before
        the reply to it."""
        if not redaction or not state.last_offers & self.choices:
            return False
        rest = after_no(redaction.text)
        if first or says_not_safe(rest):
            return True
        alert = await self.reads(rest) if rest else None
        return alert is not None and alert.certain

    def leaves_open(
        self,
        state: PendingState,
        redaction: Redaction | None,
        messages: Sequence[Message],
        *,
        doubtful: bool,
    ) -> bool:
        """Whether it was asked if somebody is in danger, and what was typed did not answer it."""
        spoken = redaction is not None and (doubtful or not denies(redaction.text))
        return spoken and self._is_left_open(state, messages)

    def left_open(self, recent: Recent, language: str) -> SafetyMessage | None:
        """What names 999 where that question is left open. Once for that: the question stands below
        each further reply."""
        if recent.danger_left_open:
            return None
        return self.safety.first(Alert("immediate_danger", certain=False), language)

    def _is_left_open(self, state: PendingState, messages: Sequence[Message]) -> bool:
        asked = {_changed_by(choice) for choice in state.last_offers & self.choices}
        answered = {
            given.change
            for message in messages
            if isinstance(message, QuestionMessage | OutcomeMessage)
            for given in message.answers
        }
        return bool(asked - answered)


def earlier_after(
    recent: Recent, redaction: Redaction | None, messages: Sequence[Message]
) -> Sequence[str]:
    """What is read with the next message. What was told before 999 was named is dealt with."""
    if any(map(says_danger, messages)):
        return ()
    return recent.earlier_and(redaction.text) if redaction else recent.earlier


def _changed_by(choice: str) -> str:
    """The id that asks the step of `choice` again, by which answers name their step."""
    flow, step, _ = choice.removeprefix("step:").split("/")
    return choices.change(flow, step)


def asked_in(messages: Sequence[Message]) -> str | None:
    """What waits for a reply: the open question, or whether 999 is needed."""
    if messages and isinstance(messages[-1], QuestionMessage):
        return messages[-1].lead
    return next((lead for each in messages if EMERGENCY in (lead := _lead_of(each))), None)


def _lead_of(message: Message) -> str:
    return getattr(message, "lead", None) or ""

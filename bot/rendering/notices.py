"""What is said before an answer, and the reply to whoever asks whom to ring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot import choices
from bot.content.contacts import DUTY_TEAM, Contacts
from bot.content.notices import SpokenNotice
from bot.content.phrases import ContactPhrases
from bot.flows import Flows
from bot.messages import (
    AnswerMessage,
    Contact,
    Message,
    NotCoveredMessage,
    Option,
    TextMessage,
)
from bot.rendering.answers import references
from bot.rendering.plain_text import PlainText, paragraphs
from knowledge.quotes import Quote

Clock = Callable[[], datetime]
"""The local time, by which contacts are at work or not."""


class NoticeRenderer:
    """`quote` gives the passage with an id."""

    def __init__(
        self,
        flows: Flows,
        contacts: Contacts,
        quote: Callable[[str], Quote],
        plain_text: PlainText,
    ) -> None:
        self._flows = flows
        self._contacts = contacts
        self._quote = quote
        self._plain_text = plain_text

    def message(self, notice: SpokenNotice) -> Message:
        contacts = self._contacts.of(*notice.contacts)
        lead = paragraphs(notice.says, listed(contacts))
        if notice.followed == "never" and not notice.passages:
            return NotCoveredMessage(
                text=lead, lead=notice.says, reason="out_of_scope", where_to_ask=contacts
            )
        if not notice.passages:
            return TextMessage(text=lead)
        quotes = [self._quote(passage) for passage in notice.passages]
        flows = [self._flows[flow] for flow in notice.flows]
        return AnswerMessage(
            text=paragraphs(lead, *map(self._plain_text.cited, quotes)),
            lead=lead,
            quotes=quotes,
            related_flows=references(flows),
            options=[Option(id=choices.start(flow.id), label=flow.title) for flow in flows],
        )


class ContactRenderer:
    """Whom to ring, at once: those who are named, and who is at work at this hour first."""

    def __init__(self, contacts: Contacts, phrases: ContactPhrases, clock: Clock) -> None:
        self._contacts = contacts
        self._phrases = phrases
        self._clock = clock

    def message(self, roles: tuple[str, ...]) -> NotCoveredMessage:
        """`not_covered`, because no source has a number: its `where_to_ask` holds them."""
        now = self._clock()
        ringing = self._contacts.to_ring(roles, now)
        contacts = self._contacts.of(*ringing, today=now.date())
        closed = ringing[0] == DUTY_TEAM and self._contacts.closed(now)
        lead = paragraphs(self._phrases.ring, self._phrases.closed if closed else None)
        return NotCoveredMessage(
            text=paragraphs(lead, listed(contacts)),
            lead=lead,
            reason="not_in_sources",
            where_to_ask=contacts,
        )


def listed(contacts: list[Contact]) -> str | None:
    """One contact a line, with what is to be known of its number."""
    lines = (
        f"- {contact.label}: {contact.detail}" + (f" ({contact.note})" if contact.note else "")
        for contact in contacts
    )
    return "\n".join(lines) or None

"""What is said to a message that asks for what the assistant must not do."""

from __future__ import annotations

from collections.abc import Callable

from bot import choices
from bot.content.contacts import Contacts
from bot.flows import Flows
from bot.messages import AnswerMessage, Message, NotCoveredMessage, Option, TextMessage
from bot.rendering.answers import references
from bot.rendering.plain_text import PlainText, paragraphs
from bot.understanding.guardrails import Guardrail
from knowledge.quotes import Quote


class GuardrailRenderer:
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

    def message(self, guardrail: Guardrail) -> Message:
        contacts = self._contacts.of(*guardrail.contacts)
        whom = "\n".join(f"- {contact.label}: {contact.detail}" for contact in contacts)
        lead = paragraphs(guardrail.lead, whom or None)
        if guardrail.alone and not guardrail.passages:
            return NotCoveredMessage(
                text=lead, lead=guardrail.lead, reason="out_of_scope", where_to_ask=contacts
            )
        if not guardrail.passages:
            return TextMessage(text=lead)
        quotes = [self._quote(passage) for passage in guardrail.passages]
        flows = [self._flows[flow] for flow in guardrail.flows]
        return AnswerMessage(
            text=paragraphs(lead, *map(self._plain_text.cited, quotes)),
            lead=lead,
            quotes=quotes,
            related_flows=references(flows),
            options=[Option(id=choices.start(flow.id), label=flow.title) for flow in flows],
        )

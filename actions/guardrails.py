"""What must be said before a question is answered: no advice on law, no decision, no opinion."""

from __future__ import annotations

from collections.abc import Callable

from actions.base import ActionInput, ActionResult, TurnAction
from actions.dialogue_manager import DialogueManager
from actions.question import AnswerQuestion
from bot import choices
from bot.content.contacts import Contacts
from bot.messages import (
    AnswerMessage,
    FlowRef,
    Message,
    NotCoveredMessage,
    Option,
    TextMessage,
)
from bot.rendering.plain_text import cited, paragraphs
from bot.understanding.guardrails import Guardrail, Guardrails
from knowledge.quotes import Quote


class GuardrailFirst(TurnAction):
    """The notice that a question calls for, then its answer, unless the notice stands alone."""

    name = AnswerQuestion.name

    def __init__(
        self,
        manager: DialogueManager,
        question: AnswerQuestion,
        guardrails: Guardrails,
        contacts: Contacts,
        quote: Callable[[str], Quote],
    ) -> None:
        self._manager = manager
        self._question = question
        self._guardrails = guardrails
        self._contacts = contacts
        self._quote = quote

    def reply(self, turn: ActionInput) -> ActionResult:
        notice = self._guardrails.notice(turn.text)
        if notice is None or self._manager.meant(turn):
            return self._question.reply(turn)
        said = self._said(notice)
        if notice.alone:
            return self._manager.again(turn, [said])
        answered = self._question.reply(turn)
        return ActionResult([said, *answered.messages], answered.slots)

    def _said(self, notice: Guardrail) -> Message:
        contacts = self._contacts.of(*notice.contacts)
        whom = "\n".join(f"- {contact.label}: {contact.detail}" for contact in contacts)
        lead = paragraphs(notice.lead, whom or None)
        if notice.alone and not notice.passages:
            return NotCoveredMessage(
                text=lead, lead=notice.lead, reason="out_of_scope", where_to_ask=contacts
            )
        if not notice.passages:
            return TextMessage(text=lead)
        quotes = [self._quote(passage) for passage in notice.passages]
        flows = [self._manager.flows[flow] for flow in notice.flows]
        return AnswerMessage(
            text=paragraphs(lead, *map(cited, quotes)),
            lead=lead,
            quotes=quotes,
            related_flows=[FlowRef(id=flow.id, title=flow.title) for flow in flows],
            options=[Option(id=choices.start(flow.id), label=flow.title) for flow in flows],
        )

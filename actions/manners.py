"""What must be said before a question is answered: no advice on law, no decision, no opinion."""

from __future__ import annotations

from collections.abc import Callable

from actions.desk import Desk
from actions.question import Question
from actions.turn import Reply, Turn, TurnAction
from bot import choices
from bot.contacts import Contacts
from bot.messages import (
    AnswerMessage,
    FlowRef,
    Message,
    NotCoveredMessage,
    Option,
    TextMessage,
)
from bot.plain import cited, paragraphs
from bot.safety.manners import Manners, Notice
from knowledge.quotes import Quote


class MannersFirst(TurnAction):
    """The notice that a question calls for, then its answer, unless the notice stands alone."""

    name = Question.name

    def __init__(
        self,
        desk: Desk,
        question: Question,
        manners: Manners,
        contacts: Contacts,
        quote: Callable[[str], Quote],
    ) -> None:
        self._desk = desk
        self._question = question
        self._manners = manners
        self._contacts = contacts
        self._quote = quote

    def reply(self, turn: Turn) -> Reply:
        notice = self._manners.notice(turn.text)
        if notice is None or self._desk.meant(turn):
            return self._question.reply(turn)
        said = self._said(notice)
        if notice.alone:
            return self._desk.again(turn, [said])
        answered = self._question.reply(turn)
        return Reply([said, *answered.messages], answered.slots)

    def _said(self, notice: Notice) -> Message:
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
        flows = [self._desk.flows[flow] for flow in notice.flows]
        return AnswerMessage(
            text=paragraphs(lead, *map(cited, quotes)),
            lead=lead,
            quotes=quotes,
            related_flows=[FlowRef(id=flow.id, title=flow.title) for flow in flows],
            options=[Option(id=choices.start(flow.id), label=flow.title) for flow in flows],
        )

"""Answers a question from the sources, or says that they do not answer it and whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Protocol

from actions.base import ActionInput, ActionResult, TurnAction
from actions.dialogue_manager import DialogueManager, asks, asks_to_be_led, is_task
from bot import choices
from bot.content.contacts import Contacts
from bot.content.replies import Replies
from bot.flows import Flow, Flows
from bot.messages import AnswerMessage, Contact, FlowRef, Message, NotCoveredMessage, Option
from bot.rendering.plain_text import bulleted, cited, numbered, paragraphs
from knowledge import Answer

REMEMBERED = 3
FLOWS_OFFERED = 2
# A flow this likely is offered beside an answer. It starts only when Rasa is sure.
LIKELY = 0.1
# From here on, what no source answers is taken for a task and offered its flows alone.
IN_HAND = 0.5
# The same for whoever asks to be led through it.
LED = 0.25
# In a walk, fewer words than this are a reply that fits no option, unless put as a question.
TELLING = 3


class Answers(Protocol):
    def answer(self, query: str, area: str | None, context: Sequence[str]) -> Answer: ...


class AnswerQuestion(TurnAction):
    """What the sources say, then the open question of a walk again.

    The last questions are remembered, redacted as they came, so that a follow-up is understood.
    """

    name = "action_question"

    def __init__(
        self, manager: DialogueManager, knowledge: Answers, contacts: Contacts, replies: Replies
    ) -> None:
        self._manager = manager
        self._knowledge = knowledge
        self._contacts = contacts
        self._replies = replies
        self._citing = Citing(manager.flows)

    def reply(self, turn: ActionInput) -> ActionResult:
        if is_task(turn.text) and (flow := self._manager.triggered(turn)):
            return self._manager.start(turn, flow)
        if meant := self._manager.meant(turn):
            return meant
        found = self._knowledge.answer(turn.text, turn.area, turn.topic)
        unclear = found.verdict != "answerable" or len(turn.text.split()) < TELLING
        if unclear and self._manager.is_open(turn) and not asks(turn.text):
            return self._manager.unclear(turn)
        tasks = self._likely(turn)
        if tasks and self._in_hand(turn, found):
            return self._manager.offer(turn, tasks)
        reply = self._manager.again(turn, [self.message(turn, found)])
        topic = [*turn.topic, turn.text][-REMEMBERED:]
        return ActionResult(reply.messages, {**reply.slots, "topic": topic})

    def _in_hand(self, turn: ActionInput, found: Answer) -> bool:
        """Whether a task is meant, by asking to be led through it or because no source answers."""
        sure = turn.ranking[0].confidence if turn.ranking else 0.0
        unanswered = found.verdict == "not_in_sources" and not asks(turn.text)
        return (asks_to_be_led(turn.text) and sure >= LED) or (unanswered and sure >= IN_HAND)

    def message(self, turn: ActionInput, found: Answer) -> Message:
        flows = self._flows(turn, found)
        options = [Option(id=choices.start(flow.id), label=flow.title) for flow in flows]
        refs = [FlowRef(id=flow.id, title=flow.title) for flow in flows]
        # The numbers in a walk are those of the open question alone.
        titles = bulleted(options) if self._manager.is_open(turn) else numbered(options)
        offered = paragraphs(self._replies.flows, titles) if options else None
        if found.verdict == "answerable":
            return AnswerMessage(
                text=paragraphs(found.lead, *map(cited, found.quotes), offered),
                lead=found.lead,
                quotes=list(found.quotes),
                related_flows=refs,
                options=options,
            )
        contacts = self._whom(found)
        related = [self._replies.related, *map(cited, found.related)] if found.related else []
        return NotCoveredMessage(
            text=paragraphs(found.lead, self._listed(contacts), *related, offered),
            lead=found.lead,
            reason=found.verdict,
            where_to_ask=contacts,
            related=list(found.related),
            related_flows=refs,
            options=options,
        )

    def _whom(self, found: Answer) -> list[Contact]:
        if found.verdict == "out_of_scope":
            return self._contacts.known(found.gap.ask) if found.gap else []
        return self._contacts.asked(found.gap.ask if found.gap else self._replies.ask_by_default)

    def _listed(self, contacts: Sequence[Contact]) -> str | None:
        if not contacts:
            return None
        lines = (f"- {contact.label}: {contact.detail}" for contact in contacts)
        return "\n".join([self._replies.ask, *lines])

    def _flows(self, turn: ActionInput, found: Answer) -> list[Flow]:
        """Flows that the words suggest, then flows that cite what was quoted."""
        walk = self._manager.dialogue(turn).open_walk(self._manager.flows)
        ids = dict.fromkeys([*self._likely(turn), *self._citing.flows(found)])
        return [
            self._manager.flows[flow_id]
            for flow_id in islice(ids, FLOWS_OFFERED)
            if not (walk and walk.flow == flow_id)
        ]

    def _likely(self, turn: ActionInput) -> list[str]:
        """The flows that the words may be about, likeliest first."""
        ranked = [each.flow for each in turn.ranking if each.confidence >= LIKELY]
        likely = dict.fromkeys([self._manager.triggered(turn), *ranked])
        return [flow for flow in likely if flow and flow in self._manager.flows][:FLOWS_OFFERED]


class Citing:
    """Which flows rest on a passage, those that cite it most often first."""

    def __init__(self, flows: Flows) -> None:
        self._counts: dict[str, Counter[str]] = {}
        for flow in flows.values():
            for outcome in flow.outcomes.values():
                for passage in outcome.quotes:
                    self._counts.setdefault(passage, Counter())[flow.id] += 1

    def flows(self, found: Answer) -> Iterator[str]:
        """Of the first quotation only: it is the one that answers best."""
        for quote in found.quotes[:1]:
            for flow, _ in self._counts.get(quote.passage_id, Counter()).most_common():
                yield flow

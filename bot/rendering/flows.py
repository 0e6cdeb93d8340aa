"""What is said during a walk: a dialogue's sayings as the contract's messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from bot import choices
from bot.flows import (
    AskStep,
    Flow,
    FlowResponse,
    Flows,
    QuickReply,
    Step,
    TellOutcome,
    Utterance,
    Walk,
)
from bot.messages import (
    Card,
    FlowPosition,
    GivenAnswer,
    Message,
    Option,
    OutcomeMessage,
    QuestionMessage,
    TextMessage,
)
from bot.rendering.plain_text import PlainText, numbered, paragraphs
from bot.rendering.progress import steps_after
from knowledge.quotes import Quote

CONTROLS = ("back", "why", "stop")


class FlowRenderer:
    """Words and quotations for every saying. `quote` gives the passage with an id."""

    def __init__(self, flows: Flows, quote: Callable[[str], Quote], plain_text: PlainText) -> None:
        self.flows = flows
        self.quote = quote
        self.plain_text = plain_text

    def messages(self, responses: Iterable[FlowResponse]) -> list[Message]:
        return [self.message(response) for response in responses]

    def message(self, response: FlowResponse) -> Message:
        match response:
            case Utterance():
                return self.utterance(response)
            case AskStep():
                return self.question(response.step, response.walk)
            case TellOutcome():
                return self.outcome(response)

    def utterance(self, utterance: Utterance) -> TextMessage:
        options = [
            Option(id=each.choice, label=each.label, group=each.group)
            for each in utterance.quick_replies
        ]
        words = paragraphs(
            self._first(utterance), self.flows.phrase(utterance.phrase, **utterance.values)
        )
        return TextMessage(
            lead=words,
            text=paragraphs(words, *numbered_ways(utterance.quick_replies)),
            options=options,
        )

    def _first(self, utterance: Utterance) -> str | None:
        """What not to wait with, where flows are offered for a task and the first says so."""
        if utterance.phrase != "fits":
            return None
        choice = choices.Choice.parse(utterance.quick_replies[0].choice)
        first = self.flows[choice.argument].first
        return self.plain_text.fixed(first) if first else None

    def question(self, step: Step, walk: Walk) -> QuestionMessage:
        options = [
            Option(id=choices.step(step.flow, step.id, option.id), label=option.label)
            for option in step.options
        ]
        return QuestionMessage(
            text=paragraphs(step.ask, numbered(options)),
            lead=step.ask,
            options=options,
            flow=self._position_of(step, walk),
            why=step.why,
            chosen=self._chosen(step, walk),
            answers=self._answers(walk),
            controls=[
                Option(id=choices.do(each), label=self.flows.phrase(f"{each}_label"))
                for each in CONTROLS
            ],
        )

    def outcome(self, told: TellOutcome) -> OutcomeMessage:
        outcome = told.outcome
        cards = [
            Card(
                id=card.id,
                text=card.text,
                quotes=[self.quote(each) for each in card.quotes],
                fixed=card.fixed,
            )
            for card in map(self.flows.cards.__getitem__, outcome.cards)
        ]
        decides = self.flows.decides[outcome.kind] if told.final else ""
        lead = paragraphs(outcome.say, decides)
        quotes = [self.quote(each) for each in outcome.quotes]
        options = self._ways_on(told) if told.final else []
        return OutcomeMessage(
            text=paragraphs(
                outcome.fixed and self.plain_text.fixed(outcome.fixed),
                lead,
                *map(self.plain_text.cited, quotes),
                *map(self.plain_text.card, cards),
                numbered(options),
            ),
            lead=lead,
            verdict=outcome.say,
            decides=decides,
            options=options,
            flow=self._position(self.flows[outcome.flow], outcome.id, len(told.walk.answers)),
            kind=outcome.kind,
            quotes=quotes,
            cards=cards,
            answers=self._answers(told.walk),
            fixed=outcome.fixed,
            final=told.final,
            version=self._version(told.walk),
            path=[
                choices.step(each.step.flow, each.step.id, each.option.id)
                for each in told.walk.trace(self.flows).answered
            ],
        )

    def _ways_on(self, told: TellOutcome) -> list[Option]:
        options = []
        if offer := told.outcome.offer:
            choice = choices.step(told.outcome.flow, offer.step, offer.option)
            options.append(Option(id=choice, label=offer.label))
        if told.resume:
            label = self.flows.phrase("resume_label", title=told.resume.title)
            options.append(Option(id=choices.do("resume"), label=label))
        for command in ("restart", "menu"):
            label = self.flows.phrase(f"{command}_label")
            options.append(Option(id=choices.do(command), label=label))
        return options

    def _answers(self, walk: Walk) -> list[GivenAnswer]:
        return [
            GivenAnswer(
                question=each.step.ask,
                answer=each.option.label,
                step=each.step.id,
                change=choices.change(each.step.flow, each.step.id),
            )
            for each in walk.trace(self.flows).answered
        ]

    def _version(self, walk: Walk) -> str:
        crossed = dict.fromkeys(each.step.flow for each in walk.trace(self.flows).answered)
        return "+".join(self.flows[flow].version for flow in crossed)

    def _chosen(self, step: Step, walk: Walk) -> str | None:
        """What a step that is asked again was answered with: the id of its option on offer."""
        given = walk.answers.get(step.ref)
        return choices.step(step.flow, step.id, given) if given else None

    def _position_of(self, step: Step, walk: Walk) -> FlowPosition:
        """A question that is asked again keeps its number."""
        path = [each.step.ref for each in walk.trace(self.flows).answered]
        done = path.index(step.ref) if step.ref in path else len(path)
        left = steps_after(step, self.flows)
        return self._position(self.flows[step.flow], step.id, done, left)

    def _position(self, flow: Flow, node: str, done: int, left: int | None = None) -> FlowPosition:
        return FlowPosition(
            id=flow.id, title=flow.title, step=node, steps_done=done, steps_left=left
        )


def numbered_ways(quick_replies: Sequence[QuickReply]) -> Iterator[str]:
    """The ways on with their numbers, a paragraph for each heading."""
    numbered = enumerate(quick_replies, start=1)
    for heading, group in groupby(numbered, key=lambda each: each[1].group):
        lines = [f"{place}. {quick_reply.label}" for place, quick_reply in group]
        yield "\n".join([heading, *lines] if heading else lines)

"""What the sources say to a question, and which flows go with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from bot import choices
from bot.flows import Flows
from bot.flows.match import tells
from bot.understanding.meaning import FlowMove, FollowUp, Lookup, Lookups, Remark
from bot.understanding.places import Places
from bot.understanding.question_form import asks_to_be_led, is_task
from bot.understanding.turn import TurnInput
from bot.understanding.walks import WalkReader
from knowledge import Answer
from knowledge.asking import asked_further, asking_sentences, asks

# A flow this likely is offered beside an answer.
LIKELY = 0.1
# One whose title says something of the person.
SURE = 0.5
# Who asks to be led through something this likely is led.
LED = 0.25
# In a walk, fewer words than this are a reply that fits no option, unless put as a question.
TELLING = 3
FLOWS_OFFERED = 2
# So surely a task that nothing is quoted above its flow. Of 84 tasks and 186 questions that the
# sources answer, by three authors unseen, it were .89 and .016.
SURELY_A_TASK = 0.95
# Of each of two answers in one reply.
QUOTES_OF_TWO = 2
# What stands above the flow that was needed: strangers did not find it below three.
QUOTES_BESIDE_A_TASK = 2


class AnswersQuestions(Protocol):
    def answer(
        self,
        query: str,
        area: str | None,
        context: Sequence[str],
        documents: Sequence[str] = (),
    ) -> Answer: ...

    def further(
        self,
        query: str,
        seen: Collection[str],
        area: str | None,
        context: Sequence[str],
        documents: Sequence[str] = (),
    ) -> Answer | None: ...

    def tasks(self, text: str, earlier: Sequence[str]) -> dict[str, float]: ...

    def documents_named(self, text: str, also: Collection[str] = ()) -> tuple[str, ...]: ...

    def is_written(self, text: str) -> bool: ...


class QuestionReader:
    def __init__(
        self, flows: Flows, walks: WalkReader, knowledge: AnswersQuestions, places: Places
    ) -> None:
        self._flows = flows
        self._walks = walks
        self._knowledge = knowledge
        self._places = places
        self._citing = CitingFlows(flows)

    def read(self, turn: TurnInput) -> FlowMove | Lookup | Lookups | FollowUp:
        if named := self.task(turn):
            return named
        likely = self.likely(turn)
        if likely and self._is_surely_a_task(turn) and not self._was_led(turn, likely[0]):
            return self._offered(turn, likely)
        if self._walks.is_open(turn):
            turn = only_asked(turn)
        found = self.answered(turn.text, turn, turn.topic)
        unclear = found.verdict != "answerable" or len(turn.text.split()) < TELLING
        if unclear and self._walks.is_open(turn) and not asks(turn.text):
            return self._walks.unclear(turn)
        if likely and asks_to_be_led(turn.text) and turn.ranking[0].confidence >= LED:
            return self._offered(turn, likely)
        if not likely and goes_on_telling(turn, found):
            return FollowUp((Remark("go_on", whom=True),))
        if is_flow(turn):
            found = _shortened(found, QUOTES_BESIDE_A_TASK)
        answer = Lookup(found, tuple(self._beside(turn, found, likely)))
        second = self._second(turn, found)
        return Lookups((_first_of(answer, turn.text, second), second)) if second else answer

    def _offered(self, turn: TurnInput, flows: Sequence[str]) -> FlowMove:
        """The flows alone. Whatever follows is read after the task."""
        return FlowMove(turn.dialogue.suggest(tuple(flows), "fits", self._flows), asked=True)

    def _is_surely_a_task(self, turn: TurnInput) -> bool:
        """Whether the words, after those before them, call for nothing but a flow: what is quoted
        to them is beside the point."""
        if self._walks.is_open(turn) or not is_task(turn.text):
            return False
        return sum(self._knowledge.tasks(turn.text, turn.topic).values()) >= SURELY_A_TASK

    def _was_led(self, turn: TurnInput, flow: str) -> bool:
        """Whether the flow was offered a moment ago, or was the last one walked: whoever writes
        more instead of taking it wants words."""
        offered = {each.choice for each in turn.dialogue.quick_replies}
        walk = turn.dialogue.walk
        return choices.start(flow) in offered or (walk is not None and walk.flow == flow)

    def beside_a_move(self, turn: TurnInput) -> Lookup | None:
        """What answers the question in a message that also answers the open one."""
        asked = asked_further(turn.text)
        found = self.answered(asked, turn) if asked else None
        if found is None or found.verdict != "answerable" or found.confidence != "answers":
            return None
        return Lookup(_shortened(found, QUOTES_OF_TWO), asked=asked)

    def asked_in(self, turn: TurnInput) -> FlowMove | Lookup | Lookups | FollowUp:
        """What the message asks, without the complaint or the joke beside it."""
        return self.read(only_asked(turn))

    def task(self, turn: TurnInput) -> FlowMove | None:
        """The flow that has the words among its triggers, for a task in hand."""
        flow = self._walks.triggered(turn) if is_task(turn.text) else None
        return self._walks.started(turn, flow) if flow else None

    def is_written(self, turn: TurnInput) -> bool:
        """Whether somebody has written just these words for a passage or as a gap: what they are to
        be told stands below whatever else the message gets."""
        return self._knowledge.is_written(turn.text)

    def named_in(self, text: str, turn: TurnInput) -> tuple[str, ...]:
        """The ids of the documents that `text` names, by its words or by those that were taken out
        of it. It is the message of the turn, a part of it, or a question before it."""
        return self._knowledge.documents_named(text, turn.taken_out_of(text))

    def answered(self, text: str, turn: TurnInput, context: Sequence[str] = ()) -> Answer:
        """What the sources say to `text`, those that it names first."""
        named = self.named_in(text, turn)
        found = self._knowledge.answer(text, turn.area, context, named)
        place = None if named else self._places.asked_of(text)
        return replace(found, not_held=place) if place else found

    def quoted(self, turn: TurnInput) -> Lookup:
        """What the words are that were typed just as a source has them, and what goes with it."""
        found = self.answered(turn.text, turn)
        return Lookup(found, tuple(self._beside(turn, found, self.likely(turn))))

    def nearest(
        self, query: str, area: str | None, context: Sequence[str], documents: Sequence[str]
    ) -> Answer:
        """What answers, or else comes nearest."""
        found = self._knowledge.answer(query, area, context, documents)
        if found.verdict == "answerable":
            return found
        return self._knowledge.further(query, (), area, context, documents) or found

    def _second(self, turn: TurnInput, found: Answer) -> Lookup | None:
        """What else the message asks, where the sources answer it with something else."""
        if found.verdict != "answerable":
            return None
        quoted = {quote.passage_id for quote in found.quotes}
        sentences = asking_sentences(turn.text)
        for asked in sentences if len(sentences) > 1 else ():
            other = self.answered(asked, turn)
            new = other.quotes and other.quotes[0].passage_id not in quoted
            if new and other.verdict == "answerable" and other.confidence == "answers":
                return Lookup(_shortened(other, QUOTES_OF_TWO), asked=asked)
        return None

    def _beside(self, turn: TurnInput, found: Answer, likely: Sequence[str]) -> Iterator[str]:
        """Flows that the words suggest; without any, the one that cites most what answers. In a
        walk none: its own question waits below."""
        if self._walks.is_open(turn):
            return
        answers = found.confidence == "answers"
        citing = (
            each
            for each in (self._citing.flows(found) if answers else ())
            if not self._flows[each].offered_if_sure
        )
        yield from likely or islice(citing, 1)

    def not_open(self, turn: TurnInput, flows: Iterable[str]) -> Iterator[str]:
        """Those that the person is not being led through already."""
        walk = turn.dialogue.open_walk(self._flows)
        return (flow for flow in flows if not (walk and walk.flow == flow))

    def likely(self, turn: TurnInput) -> list[str]:
        """The flows that the words may be about, likeliest first."""
        ranked = ((each.flow, each.confidence) for each in turn.ranking)
        surest = [
            flow
            for flow, confidence in ranked
            if flow and flow in self._flows and confidence >= self._least(flow)
        ]
        likely = dict.fromkeys([self._walks.triggered(turn), *surest])
        return [flow for flow in likely if flow][:FLOWS_OFFERED]

    def _least(self, flow: str) -> float:
        """The chance from which on a flow is offered."""
        return SURE if self._flows[flow].offered_if_sure else LIKELY


def _first_of(answer: Lookup, text: str, second: Lookup) -> Lookup:
    """Named by the sentence that it answers rather than `second`."""
    others = [each for each in asking_sentences(text) if each != second.asked]
    return replace(answer, found=_shortened(answer.found, QUOTES_OF_TWO), asked=others[-1])


def only_asked(turn: TurnInput) -> TurnInput:
    """The turn with nothing but the sentences that ask, where others stand beside them."""
    asked = asking_sentences(turn.text)
    return replace(turn, text=" ".join(asked)) if asked else turn


def goes_on_telling(turn: TurnInput, found: Answer) -> bool:
    """Whether the words tell more of a case that was asked about before, ask nothing, and are
    answered by nothing, or by no more than the reply before it showed."""
    asked = asks(turn.text) or asking_sentences(turn.text)
    if not turn.topic or asked or (found.verdict == "answerable" and found.confidence == "answers"):
        return False
    shown = {quote.passage_id for quote in found.quotes} <= set(turn.shown.passages)
    return tells(turn.text) or (bool(found.quotes) and shown)


def is_flow(turn: TurnInput) -> bool:
    """Whether the words are most likely a task in hand, for which the flow is there."""
    return bool(turn.ranking and turn.ranking[0].flow)


def _shortened(found: Answer, quotes: int) -> Answer:
    return replace(found, quotes=found.quotes[:quotes])


class CitingFlows:
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

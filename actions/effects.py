"""What is done about a message once it is known what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.choices import Choice
from bot.content.notices import SpokenNotice
from bot.flows import DialogueStack, FlowResponse, Flows, Move, TellOutcome, Utterance
from bot.induction.course import Course, CourseCommand
from bot.induction.tutor import CourseReply, Tutor
from bot.messages import Message
from bot.understanding.clicks import ANSWER_INSTEAD
from bot.understanding.documents import DocumentFacts
from bot.understanding.meaning import (
    AboutAssistant,
    AndAnswer,
    ContactQuestion,
    CourseChoice,
    DocumentQuestion,
    FirstOffer,
    FlowMove,
    FollowUp,
    LearnerCode,
    LearnerWords,
    Lookup,
    Lookups,
    Meaning,
    Noticed,
    QuizRequest,
    Remark,
    SmallTalk,
)
from bot.understanding.shown import Shown
from bot.understanding.turn import TurnInput

REMEMBERED = 3
"""Of the last questions, so that a follow-up is understood."""

Part = (
    FlowResponse
    | Lookup
    | Remark
    | DocumentQuestion
    | AboutAssistant
    | ContactQuestion
    | SpokenNotice
    | SmallTalk
    | Message
)
"""Of a reply, before it is put into words. The induction's lessons are messages already."""


@dataclass(frozen=True)
class Effect:
    """What is to be said, in order, and what the conversation now remembers.

    `course`, `topic` and `shown` are None where they stay as they were. `quick_replies`: whether
    the choices shown last may be typed; a quiz reads its own. `other`: what the message may have
    meant instead. `noticed`: the keys of the notices that are said.
    """

    parts: Sequence[Part]
    dialogue: DialogueStack
    course: Course | None = None
    topic: tuple[str, ...] | None = None
    shown: Shown | None = None
    quick_replies: bool = True
    other: tuple[Choice, ...] = ()
    noticed: tuple[str, ...] = ()


class Actor:
    def __init__(self, flows: Flows, tutor: Tutor) -> None:
        self._flows = flows
        self._tutor = tutor

    def act(self, meaning: Meaning, turn: TurnInput) -> Effect:
        match meaning:
            case FlowMove(move, other, asked):
                # What may have been a question is remembered as one.
                asks = asked or ANSWER_INSTEAD in other or self._starts(turn)
                topic = remembered(turn, turn.text) if asks else None
                shown = _shown_by_move(turn, move)
                return Effect(move.responses, move.dialogue, topic=topic, shown=shown, other=other)
            case Lookup():
                return self._looked_up(turn, meaning)
            case Lookups(lookups):
                return self._looked_up(turn, *lookups)
            case FollowUp():
                return self._followed_up(turn, meaning)
            case FirstOffer(label, then):
                rest = self.act(then, turn)
                took = Utterance("took_first", {"label": label})
                return replace(rest, parts=[took, *rest.parts])
            case Noticed(notice, None):
                return replace(self._then_ask_again(turn, [notice]), noticed=(notice.key,))
            case Noticed(notice, then) if then:
                rest = self.act(then, turn)
                noticed = (notice.key, *rest.noticed)
                return replace(rest, parts=[notice, *rest.parts], noticed=noticed)
            case AndAnswer(FlowMove() as move, then):
                moved = self.act(move, turn)
                topic, shown = remembered(turn, then.asked or turn.text), _shown(turn, then)
                return replace(moved, parts=[then, *moved.parts], topic=topic, shown=shown)
            case AndAnswer(first, then) if not isinstance(first, FlowMove):
                rest = self.act(then, turn)
                return replace(rest, parts=[first, *rest.parts])
            case DocumentQuestion(facts):
                effect = self._then_ask_again(turn, [meaning])
                return replace(effect, shown=_told(facts, turn.shown))
            case ContactQuestion(_, other):
                return replace(self._then_ask_again(turn, [meaning]), other=other)
            case SmallTalk() | AboutAssistant():
                return self._then_ask_again(turn, [meaning])
            case LearnerCode(learner):
                return _led(turn, self._tutor.resume(turn.course, learner), quick_replies=False)
            case LearnerWords(reading):
                return _led(turn, self._tutor.take(turn.course, reading), quick_replies=False)
            case CourseCommand(name):
                return _led(turn, self._tutor.command(turn.course, name))
            case QuizRequest(words):
                return _led(turn, self._tutor.quiz_on(turn.course, words))
            case CourseChoice(choice):
                return _led(turn, self._tutor.choose(turn.course, choice))
        raise TypeError(f"no meaning: {meaning!r}")

    def _looked_up(self, turn: TurnInput, *lookups: Lookup) -> Effect:
        topic = remembered(turn, *(each.asked or turn.text for each in lookups))
        effect = self._then_ask_again(turn, lookups)
        return replace(effect, topic=topic, shown=_shown(turn, lookups[-1]))

    def _followed_up(self, turn: TurnInput, meaning: FollowUp) -> Effect:
        effect = self._then_ask_again(turn, meaning.parts)
        if meaning.leaves and turn.dialogue.asking(self._flows):
            stopped = turn.dialogue.stop(self._flows)
            effect = Effect([*meaning.parts, *stopped.responses], stopped.dialogue)
        lookups = [part for part in meaning.parts if isinstance(part, Lookup)]
        if not lookups:
            return effect
        looked_up = self._looked_up(turn, *lookups)
        return replace(effect, topic=looked_up.topic, shown=looked_up.shown)

    def _starts(self, turn: TurnInput) -> bool:
        """Whether the words asked for a flow, with no question open that they could answer."""
        return turn.action == "action_start_flow" and turn.dialogue.asking(self._flows) is None

    def _then_ask_again(self, turn: TurnInput, parts: Sequence[Part]) -> Effect:
        """What was said in between, then the open question again."""
        if turn.dialogue.asking(self._flows) is None:
            return Effect(parts, turn.dialogue)
        again = turn.dialogue.ask_again(self._flows)
        return Effect([*parts, *again.responses], again.dialogue)


def _told(facts: DocumentFacts, before: Shown) -> Shown:
    """Text of a source that is shown now takes the place of what was shown; words about a document
    only say which document is spoken of."""
    if facts.shows:
        return Shown(passages=tuple(quote.passage_id for quote in facts.quotes))
    if len(facts.documents) == 1 and not before.passages:
        return replace(before, documents=(facts.documents[0].id,))
    return before


def _shown(turn: TurnInput, lookup: Lookup) -> Shown:
    """What the reply shows last. Of an earlier question it is what comes after the rest."""
    quotes = (*lookup.found.quotes, *lookup.found.related)
    passages = tuple(quote.passage_id for quote in quotes)
    query, before = lookup.asked or turn.text, turn.shown
    seen = before.all_passages if before.query == query else ()
    earlier = tuple(each for each in seen if each not in passages)
    return Shown(query, passages, earlier, lookup.documents)


def _shown_by_move(turn: TurnInput, move: Move) -> Shown | None:
    """An outcome shows its quotations; a step that is answered puts the last answer out of
    sight."""
    told = [each.outcome for each in move.responses if isinstance(each, TellOutcome)]
    if told:
        return Shown(passages=tuple(told[-1].quotes))
    return Shown() if move.dialogue.walk != turn.dialogue.walk else None


def remembered(turn: TurnInput, *asked: str) -> tuple[str, ...]:
    """The last questions, those `asked` now among them. Looked up again, one is not new."""
    earlier = [words for words in turn.topic if words not in asked]
    return (*earlier, *asked)[-REMEMBERED:]


def _led(turn: TurnInput, reply: CourseReply, *, quick_replies: bool = True) -> Effect:
    course, messages = reply
    return Effect(messages, turn.dialogue, course=course, quick_replies=quick_replies)

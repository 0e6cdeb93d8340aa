"""What is done about a message once it is known what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.content.notices import SpokenNotice
from bot.flows import DialogueStack, FlowResponse, Flows
from bot.induction.course import Course, CourseCommand
from bot.induction.tutor import CourseReply, Tutor
from bot.messages import Message
from bot.understanding.documents import DocumentFacts
from bot.understanding.interpreter import (
    AboutAssistant,
    AndAnswer,
    ContactQuestion,
    CourseChoice,
    DocumentQuestion,
    FlowMove,
    LearnerCode,
    LearnerWords,
    Lookup,
    Meaning,
    Noticed,
    QuizRequest,
    SmallTalk,
    TurnInput,
)
from bot.understanding.shown import Shown

REMEMBERED = 3
"""Of the last questions, so that a follow-up is understood."""

Part = (
    FlowResponse
    | Lookup
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
    the choices shown last may be typed; a quiz reads its own.
    """

    parts: Sequence[Part]
    dialogue: DialogueStack
    course: Course | None = None
    topic: tuple[str, ...] | None = None
    shown: Shown | None = None
    quick_replies: bool = True


class Actor:
    def __init__(self, flows: Flows, tutor: Tutor) -> None:
        self._flows = flows
        self._tutor = tutor

    def act(self, meaning: Meaning, turn: TurnInput) -> Effect:
        match meaning:
            case FlowMove(move):
                return Effect(move.responses, move.dialogue)
            case Lookup():
                topic = (*turn.topic, turn.text)[-REMEMBERED:]
                effect = self._then_ask_again(turn, [meaning])
                return replace(effect, topic=topic, shown=_shown(meaning, turn))
            case Noticed(notice, None):
                return self._then_ask_again(turn, [notice])
            case Noticed(notice, then) if then:
                rest = self.act(then, turn)
                return replace(rest, parts=[notice, *rest.parts])
            case AndAnswer(first, then):
                rest = self.act(then, turn)
                return replace(rest, parts=[first, *rest.parts])
            case DocumentQuestion(facts):
                effect = self._then_ask_again(turn, [meaning])
                return replace(effect, shown=_told(facts, turn.shown))
            case SmallTalk() | AboutAssistant() | ContactQuestion():
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
        return Shown(before.query, tuple(quote.passage_id for quote in facts.quotes))
    if len(facts.documents) == 1 and not before.passages:
        return replace(before, documents=(facts.documents[0].id,))
    return before


def _shown(lookup: Lookup, turn: TurnInput) -> Shown:
    found = lookup.found
    return Shown(turn.text, tuple(q.passage_id for q in (*found.quotes, *found.related)))


def _led(turn: TurnInput, reply: CourseReply, *, quick_replies: bool = True) -> Effect:
    course, messages = reply
    return Effect(messages, turn.dialogue, course=course, quick_replies=quick_replies)

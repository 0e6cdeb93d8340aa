"""Understand, act, render: what every action of Rasa's does with a turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions.effects import Actor, Effect
from actions.render import Renderer
from actions.tracker import DIALOGUE, INDUCTION, NOTICED, SHOWN, TOPIC, ActionResult, read_turn
from bot.flows import DialogueStack, Flows, QuickReply
from bot.induction.tutor import Tutor
from bot.messages import Message, QuestionMessage
from bot.understanding.interpreter import Interpreter
from bot.understanding.turn import TurnInput


class Pipeline:
    """Synchronous, and free of state: what a conversation remembers comes and goes as slots."""

    def __init__(
        self,
        flows: Flows,
        interpreter: Interpreter,
        actor: Actor,
        renderer: Renderer,
        tutor: Tutor,
    ) -> None:
        self._flows = flows
        self._interpreter = interpreter
        self._actor = actor
        self._renderer = renderer
        self._tutor = tutor

    def run(self, action: str, tracker: Tracker) -> ActionResult:
        return self.reply(read_turn(action, tracker, self._flows))

    def reply(self, turn: TurnInput) -> ActionResult:
        meaning = self._interpreter.understand(turn)
        effect = _told_of_change(self._actor.act(meaning, turn), turn)
        messages = self._render(effect, turn)
        return self._remember(effect, messages, turn)

    def _render(self, effect: Effect, turn: TurnInput) -> list[Message]:
        numbers_free = turn.dialogue.asking(self._flows) is None
        return self._renderer.messages(effect.parts, effect.other, numbers_free=numbers_free)

    def _remember(self, effect: Effect, messages: list[Message], turn: TurnInput) -> ActionResult:
        slots: dict[str, Any] = {}
        if effect.course is not None:
            slots[INDUCTION] = effect.course.model_dump(mode="json")
        if effect.topic is not None:
            slots[TOPIC] = list(effect.topic)
        if effect.shown is not None:
            slots[SHOWN] = effect.shown.to_json()
        if effect.noticed:
            slots[NOTICED] = [*turn.noticed, *effect.noticed]
        if effect.quick_replies:
            slots[DIALOGUE] = _noting(messages, effect.dialogue).to_json(self._flows)
        if effect.course is None and effect.dialogue.asking(self._flows) is None:
            # A learner is shown where they are, after something in between.
            messages = [*messages, *self._tutor.ask_again(turn.course)]
        return ActionResult(messages, slots)


class PipelineInUse:
    """The pipeline of the edition that is answered from.

    A turn ends on the one that it began with, whatever is exchanged meanwhile. A conversation has
    one turn at a time.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._under_way: dict[str, Pipeline] = {}

    def exchange(self, pipeline: Pipeline) -> None:
        """For every turn that begins from now on."""
        self._pipeline = pipeline

    @contextmanager
    def turn(self, conversation_id: str) -> Iterator[None]:
        """While Rasa is asked for the turn of this conversation."""
        self._under_way[conversation_id] = self._pipeline
        try:
            yield
        finally:
            self._under_way.pop(conversation_id, None)

    def run(self, action: str, tracker: Tracker) -> ActionResult:
        return self._under_way.get(tracker.sender_id, self._pipeline).run(action, tracker)


def _told_of_change(effect: Effect, turn: TurnInput) -> Effect:
    """Another edition went live since the open question was asked."""
    changed = turn.dialogue.changed
    return replace(effect, parts=[changed, *effect.parts]) if changed else effect


def _noting(messages: list[Message], dialogue: DialogueStack) -> DialogueStack:
    """The choices shown last, unless they are the options of the open question."""
    last = messages[-1] if messages else None
    shown = [] if last is None or isinstance(last, QuestionMessage) else last.options
    quick_replies = tuple(QuickReply(option.id, option.label) for option in shown)
    return replace(dialogue, quick_replies=quick_replies)

"""The parts of a reply as messages of the contract."""

from __future__ import annotations

from collections.abc import Sequence

from actions.effects import Part
from bot import choices
from bot.choices import Choice
from bot.content.phrases import ReplyPhrases
from bot.messages import BaseMessage, Message, Option, TextMessage
from bot.rendering.answers import AnswerRenderer
from bot.rendering.flows import FlowRenderer
from bot.rendering.guardrails import GuardrailRenderer
from bot.rendering.readings import OtherReadings
from bot.understanding.guardrails import Guardrail
from bot.understanding.interpreter import Lookup, Remark, SmallTalk, Subject

WITH_MENU: tuple[Subject, ...] = ("greet", "about")


class Renderer:
    def __init__(
        self,
        flows: FlowRenderer,
        answers: AnswerRenderer,
        guardrails: GuardrailRenderer,
        readings: OtherReadings,
        phrases: ReplyPhrases,
    ) -> None:
        self._flows = flows
        self._answers = answers
        self._guardrails = guardrails
        self._readings = readings
        self._phrases = phrases

    def messages(
        self, parts: Sequence[Part], other: Sequence[Choice], *, numbers_free: bool
    ) -> list[Message]:
        """`other`: what the message may have meant instead. `numbers_free`: no question is open
        whose options have the numbers; then those of the last message have them."""
        last = len(parts) - 1
        messages = [
            self.message(part, numbers_free=numbers_free and at == last)
            for at, part in enumerate(parts)
        ]
        return self._readings.beside(messages, other, numbers_free=numbers_free)

    def message(self, part: Part, *, numbers_free: bool) -> Message:
        match part:
            case Lookup(found, flows, asked, other):
                message = self._answers.message(found, flows, asked, numbers_free=numbers_free)
                return self._readings.added(message, other, numbers_free=numbers_free)
            case Remark(phrase, whom):
                return self._answers.remark(phrase, whom=whom)
            case Guardrail():
                return self._guardrails.message(part)
            case SmallTalk(subject):
                return self._small_talk(subject)
            case BaseMessage():
                return part
        return self._flows.message(part)

    def _small_talk(self, subject: Subject) -> TextMessage:
        menu = Option(id=choices.do("menu"), label=self._phrases.menu_label)
        words: str = getattr(self._phrases, subject)
        return TextMessage(
            text=words.format(decisions=len(self._flows.flows)),
            options=[menu] if subject in WITH_MENU else [],
        )

"""The parts of a reply as messages of the contract."""

from __future__ import annotations

from actions.effects import Part
from bot import choices
from bot.content.phrases import ReplyPhrases
from bot.messages import BaseMessage, Message, Option, TextMessage
from bot.rendering.answers import AnswerRenderer
from bot.rendering.flows import FlowRenderer
from bot.rendering.guardrails import GuardrailRenderer
from bot.understanding.guardrails import Guardrail
from bot.understanding.interpreter import Lookup, SmallTalk, Subject

WITH_MENU: tuple[Subject, ...] = ("greet", "about")


class Renderer:
    def __init__(
        self,
        flows: FlowRenderer,
        answers: AnswerRenderer,
        guardrails: GuardrailRenderer,
        phrases: ReplyPhrases,
    ) -> None:
        self._flows = flows
        self._answers = answers
        self._guardrails = guardrails
        self._phrases = phrases

    def message(self, part: Part, *, numbers_free: bool) -> Message:
        """`numbers_free`: no question is open whose options have the numbers."""
        match part:
            case Lookup(found, flows):
                return self._answers.message(found, flows, numbers_free=numbers_free)
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

"""The parts of a reply as messages of the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.effects import Part
from bot import choices
from bot.choices import Choice
from bot.content.notices import SpokenNotice
from bot.content.phrases import ReplyPhrases
from bot.content.replies import AssistantReply
from bot.messages import (
    AnswerMessage,
    BaseMessage,
    Message,
    NotCoveredMessage,
    Option,
    OutcomeMessage,
    TextMessage,
)
from bot.rendering.answers import AnswerRenderer
from bot.rendering.documents import DocumentRenderer
from bot.rendering.flows import FlowRenderer
from bot.rendering.notices import ContactRenderer, NoticeRenderer
from bot.rendering.readings import OtherReadings
from bot.understanding.meaning import (
    AboutAssistant,
    ContactQuestion,
    DocumentQuestion,
    Lookup,
    Remark,
    SmallTalk,
    Subject,
)

WITH_MENU: tuple[Subject, ...] = ("greet", "about")


class Renderer:
    def __init__(
        self,
        flows: FlowRenderer,
        answers: AnswerRenderer,
        notices: NoticeRenderer,
        documents: DocumentRenderer,
        contacts: ContactRenderer,
        assistant: Mapping[str, AssistantReply],
        readings: OtherReadings,
        phrases: ReplyPhrases,
        edition: str,
    ) -> None:
        """`edition`: the id of the one that all of them show."""
        self._flows = flows
        self._answers = answers
        self._notices = notices
        self._documents = documents
        self._contacts = contacts
        self._assistant = assistant
        self._readings = readings
        self._phrases = phrases
        self._edition = edition

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
        shown = self._readings.beside(messages, other, numbers_free=numbers_free)
        return list(map(self._of_this_edition, shown))

    def _of_this_edition(self, message: Message) -> Message:
        if isinstance(message, AnswerMessage | NotCoveredMessage | OutcomeMessage):
            return message.model_copy(update={"edition": self._edition})
        return message

    def message(self, part: Part, *, numbers_free: bool) -> Message:
        match part:
            case Lookup(found, flows, asked, other):
                message = self._answers.message(found, flows, asked, numbers_free=numbers_free)
                return self._readings.added(message, other, numbers_free=numbers_free)
            case Remark(phrase, whom):
                return self._answers.remark(phrase, whom=whom)
            case SpokenNotice():
                return self._notices.message(part)
            case DocumentQuestion(facts):
                return self._documents.message(facts)
            case ContactQuestion(roles, _):
                return self._contacts.message(roles)
            case AboutAssistant(key):
                return self._about(self._assistant[key])
            case SmallTalk(subject):
                return self._small_talk(subject)
            case BaseMessage():
                return part
        return self._flows.message(part)

    def _about(self, reply: AssistantReply) -> TextMessage:
        options = [Option(id=each.choice, label=each.label) for each in reply.options]
        return TextMessage(text=reply.says, options=options)

    def _small_talk(self, subject: Subject) -> TextMessage:
        menu = Option(id=choices.do("menu"), label=self._phrases.menu_label)
        words: str = getattr(self._phrases, subject)
        return TextMessage(
            text=words.format(decisions=len(self._flows.flows)),
            options=[menu] if subject in WITH_MENU else [],
        )

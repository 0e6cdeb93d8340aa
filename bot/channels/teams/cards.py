"""The contract's messages as Adaptive Cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from microsoft_teams.cards import AdaptiveCard, CardElement

from bot.channels.teams.elements import (
    FORGET,
    RATE,
    SHOW_RECORD,
    box,
    buttons,
    choice,
    execute,
    heading,
    label,
    link,
    marked_words,
    options,
    remark,
    words,
    words_with_options,
)
from bot.messages import (
    AnswerMessage,
    Card,
    Contact,
    GivenAnswer,
    Message,
    NotCoveredMessage,
    Option,
    OutcomeKind,
    OutcomeMessage,
    PrivacyMessage,
    QuestionMessage,
    SafetyMessage,
    TextMessage,
)
from bot.rendering.plain_text import paragraphs
from knowledge.quotes import Quote

VERSION = "1.5"
CUT_OFF = "[The source breaks off here.]"
KINDS: dict[OutcomeKind, str] = {
    "supported": "The sources support this",
    "ask_first": "The sources point to asking first",
    "advice": "The sources point to taking advice",
    "not_supported": "The sources do not support this",
    "info": "What the sources say",
    "safety": "Act now",
    "not_covered": "The sources do not cover this",
}
NOT_FROM_THE_SOURCES = "Not from the sources."


@dataclass(frozen=True)
class Cards:
    """`public_url`: where the source reader is."""

    public_url: str

    def of(self, message: Message, turn: int) -> AdaptiveCard:
        """The card of one message of a turn."""
        return _card(fallback(message), self._body(message, turn))

    def answered(self, flow_title: str, given: GivenAnswer) -> AdaptiveCard:
        """What stands in the place of a question once it is answered."""
        body: list[CardElement] = [
            heading(flow_title),
            *words(given.question),
            label("Your answer"),
            *words(given.answer),
        ]
        if given.change:
            body += buttons([choice(Option(id=given.change, label="Change this answer"))])
        return _card(f"{given.question}\n\nYour answer: {given.answer}", body)

    def _body(self, message: Message, turn: int) -> list[CardElement]:
        match message:
            case TextMessage():
                return words_with_options(message.text, message.options)
            case AnswerMessage():
                return [*self._answer(message), *_rating(turn)]
            case NotCoveredMessage():
                return [*self._not_covered(message), *_rating(turn)]
            case QuestionMessage():
                return _question(message)
            case OutcomeMessage():
                return [*self._outcome(message, turn), *_rating(turn)]
            case SafetyMessage():
                return _safety(message)
            case PrivacyMessage():
                return [heading("Personal data removed"), *words(message.text)]

    def _answer(self, message: AnswerMessage) -> list[CardElement]:
        return [
            *words(message.lead, strong=True),
            *self._quotes(message.quotes),
            *options(message.options),
        ]

    def _not_covered(self, message: NotCoveredMessage) -> list[CardElement]:
        body: list[CardElement] = [heading(KINDS["not_covered"]), *words(message.lead)]
        if message.where_to_ask:
            body += [label("Who to ask"), *_contacts(message.where_to_ask)]
        if message.related:
            body += [label("Related, but not an answer"), *self._quotes(message.related)]
        return [*body, *options(message.options)]

    def _outcome(self, message: OutcomeMessage, turn: int) -> list[CardElement]:
        """999 stands above all else on a card that tells of danger."""
        fixed = [_not_from_the_sources(words(message.fixed))] if message.fixed else []
        first, later = (fixed, []) if message.kind == "safety" else ([], fixed)
        body: list[CardElement] = [
            *first,
            heading(message.flow.title),
            label(KINDS[message.kind]),
            *words(message.lead, strong=True),
            *self._quotes(message.quotes),
            *later,
        ]
        for advice in message.cards:
            body += self._advice(advice)
        if message.answers:
            body += [label("Your answers"), *chain.from_iterable(map(_given, message.answers))]
        body += options(message.options)
        if message.final:
            body += buttons([execute("Get the record", SHOW_RECORD, {"turn": turn})])
        return body

    def _advice(self, advice: Card) -> list[CardElement]:
        if advice.fixed:
            return [_not_from_the_sources(words(advice.text))]
        return [*words(advice.text), *self._quotes(advice.quotes)]

    def _quotes(self, quotes: Sequence[Quote]) -> list[CardElement]:
        return [block for quote in quotes for block in (box(self._quote(quote)), *_notices(quote))]

    def _quote(self, quote: Quote) -> list[CardElement]:
        cited = quote.citation
        items: list[CardElement] = []
        if quote.lead_in:
            items += words(quote.lead_in)
        items += marked_words(quote.text, quote.marks)
        if quote.truncated_in_source:
            items.append(remark(CUT_OFF))
        place = [cited.title, cited.reference, cited.publisher, cited.area, cited.version]
        items.append(remark(" · ".join(part for part in place if part)))
        return [*items, *buttons([link("Read it in the source", self.public_url + cited.url)])]


def fallback(message: Message) -> str:
    """Of an outcome what decides it: with all its quotations twice a card is too long for Teams."""
    if isinstance(message, OutcomeMessage):
        return paragraphs(message.fixed, message.lead)
    return message.text


def welcome_card(text: str) -> AdaptiveCard:
    forget = execute("Remove this conversation", FORGET, {})
    return _card(text, [*words(text), *buttons([forget])])


def plain_card(text: str) -> AdaptiveCard:
    return _card(text, words(text))


def record_card(url: str, minutes: int) -> AdaptiveCard:
    text = f"The record of your answers. The link works for {minutes} minutes."
    return _card(f"{text}\n\n{url}", [*words(text), *buttons([link("Open the record", url)])])


def _card(fallback: str, body: list[CardElement]) -> AdaptiveCard:
    return AdaptiveCard(version=VERSION, fallback_text=fallback, body=body)


def _question(message: QuestionMessage) -> list[CardElement]:
    body: list[CardElement] = [
        heading(message.flow.title),
        remark(f"Question {message.flow.steps_done + 1}"),
        *words(message.lead, strong=True),
        *options(message.options),
    ]
    return [*body, *buttons([choice(control) for control in message.controls])]


def _safety(message: SafetyMessage) -> list[CardElement]:
    return [
        box(words(message.lead, strong=True), "attention"),
        *_contacts(message.contacts),
        *words(message.after),
        *options(message.options),
    ]


def _contacts(contacts: Sequence[Contact]) -> list[CardElement]:
    blocks: list[CardElement] = []
    for contact in contacts:
        blocks += words(contact.label, strong=True) + words(contact.detail)
        if contact.note:
            blocks.append(remark(contact.note))
    return blocks


def _given(given: GivenAnswer) -> list[CardElement]:
    return [*words(given.question), *words(given.answer, strong=True)]


def _notices(quote: Quote) -> list[CardElement]:
    """Beside the quotation and in other dress, never inside it."""
    return [
        box(
            [
                *words(notice.text),
                remark(f"{NOT_FROM_THE_SOURCES} Checked on {notice.checked_on:%-d %B %Y}."),
            ],
            "warning",
        )
        for notice in quote.notices
    ]


def _not_from_the_sources(items: list[CardElement]) -> CardElement:
    return box([*items, remark(NOT_FROM_THE_SOURCES)], "warning")


def _rating(turn: int) -> list[CardElement]:
    return buttons(
        [
            execute("Useful", RATE, {"rating": "useful", "turn": turn}),
            execute("Not useful", RATE, {"rating": "not_useful", "turn": turn}),
        ]
    )

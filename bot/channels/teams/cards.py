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
from bot.content.phrases import Phrases
from bot.messages import (
    AnswerMessage,
    Card,
    Contact,
    GivenAnswer,
    LookupMessage,
    Message,
    NotCoveredMessage,
    Option,
    OutcomeMessage,
    PrivacyMessage,
    QuestionMessage,
    ReadingMessage,
    SafetyMessage,
    TextMessage,
)
from bot.rendering.plain_text import paragraphs
from knowledge.quotes import Notice, Quote

VERSION = "1.5"


@dataclass(frozen=True)
class Cards:
    """`public_url`: where the source reader is."""

    public_url: str
    phrases: Phrases

    def of(self, message: Message, turn: int, *, last: bool = True) -> AdaptiveCard:
        """The card of one message of a turn. Only what the `last` one offers has numbers beside
        an answer: these may be typed."""
        return _card(fallback(message), self._body(message, turn, last))

    def answered(self, flow_title: str, given: GivenAnswer) -> AdaptiveCard:
        """What stands in the place of a question once it is answered."""
        body: list[CardElement] = [
            heading(flow_title),
            *words(given.question),
            label(self.phrases.teams.your_answer),
            *words(given.answer),
        ]
        if given.change:
            body += buttons([choice(Option(id=given.change, label=self.phrases.teams.change))])
        return _card(f"{given.question}\n\n{self.phrases.teams.your_answer}: {given.answer}", body)

    def _body(self, message: Message, turn: int, last: bool) -> list[CardElement]:
        match message:
            case TextMessage():
                return self._text(message)
            case AnswerMessage():
                return [*self._answer(message, last), *self._rating(turn)]
            case NotCoveredMessage():
                return [*self._not_covered(message, last), *self._rating(turn)]
            case QuestionMessage():
                return self._question(message)
            case OutcomeMessage():
                return [*self._outcome(message, turn), *self._rating(turn)]
            case SafetyMessage():
                return self._safety(message)
            case PrivacyMessage():
                return [heading(self.phrases.teams.personal_data), *words(message.text)]

    def _text(self, message: TextMessage) -> list[CardElement]:
        if not message.did_you_mean:
            return words_with_options(message.text, message.options)
        return [
            *words(message.lead),
            *options(own_options(message)),
            *self._other_readings(message),
        ]

    def _answer(self, message: AnswerMessage, last: bool) -> list[CardElement]:
        return [
            *asked(message),
            *words(message.lead, strong=True),
            *self._quotes(message.quotes),
            *(words(message.elsewhere) if message.elsewhere else ()),
            *options(own_options(message), numbered=last),
            *self._whom(message),
            *self._other_readings(message),
        ]

    def _not_covered(self, message: NotCoveredMessage, last: bool) -> list[CardElement]:
        body: list[CardElement] = [
            *asked(message),
            heading(self.phrases.outcomes["not_covered"]),
            *words(message.lead),
            *self._whom(message),
        ]
        if message.related:
            body += [label(self.phrases.teams.related), *self._quotes(message.related)]
        offered = options(own_options(message), numbered=last)
        return [*body, *offered, *self._other_readings(message)]

    def _whom(self, message: LookupMessage) -> list[CardElement]:
        if not message.where_to_ask:
            return []
        return [label(self.phrases.teams.who_to_ask), *self._contacts(message.where_to_ask)]

    def _other_readings(self, message: ReadingMessage) -> list[CardElement]:
        if not message.did_you_mean:
            return []
        offered = options(message.did_you_mean, numbered=False)
        return [label(self.phrases.replies.did_you_mean), *offered]

    def _outcome(self, message: OutcomeMessage, turn: int) -> list[CardElement]:
        """999 stands above all else on a card that tells of danger."""
        fixed = [self._not_from_the_sources(words(message.fixed))] if message.fixed else []
        first, later = (fixed, []) if message.kind == "safety" else ([], fixed)
        body: list[CardElement] = [
            *first,
            heading(message.flow.title),
            label(self.phrases.outcomes[message.kind]),
            *words(message.lead, strong=True),
            *self._quotes(message.quotes),
            *later,
        ]
        for advice in message.cards:
            body += self._advice(advice)
        if message.answers:
            body += [
                label(self.phrases.teams.your_answers),
                *chain.from_iterable(map(self._given, message.answers)),
            ]
        body += options(message.options)
        if message.final:
            body += buttons([execute(self.phrases.teams.get_record, SHOW_RECORD, {"turn": turn})])
        return body

    def _advice(self, advice: Card) -> list[CardElement]:
        if advice.fixed:
            return [self._not_from_the_sources(words(advice.text))]
        return [*words(advice.text), *self._quotes(advice.quotes)]

    def _quotes(self, quotes: Sequence[Quote]) -> list[CardElement]:
        return [
            block for quote in quotes for block in (box(self._quote(quote)), *self._notices(quote))
        ]

    def _quote(self, quote: Quote) -> list[CardElement]:
        cited = quote.citation
        items: list[CardElement] = []
        if quote.lead_in:
            items += words(quote.lead_in)
        items += marked_words(quote.text, quote.marks)
        if quote.truncated_in_source:
            items.append(remark(self.phrases.quotations.missing_text))
        place = [cited.title, cited.reference, cited.publisher, cited.area, cited.version]
        items.append(remark(" · ".join(part for part in place if part)))
        return [
            *items,
            *buttons([link(self.phrases.teams.read_in_source, self.public_url + cited.url)]),
        ]

    def welcome(self, text: str) -> AdaptiveCard:
        forget = execute(self.phrases.teams.forget, FORGET, {})
        return _card(text, [*words(text), *buttons([forget])])

    def record(self, url: str, minutes: int) -> AdaptiveCard:
        text = self.phrases.teams.record.format(minutes=minutes)
        return _card(
            f"{text}\n\n{url}",
            [*words(text), *buttons([link(self.phrases.teams.open_record, url)])],
        )

    def _question(self, message: QuestionMessage) -> list[CardElement]:
        body: list[CardElement] = [
            heading(message.flow.title),
            remark(self.phrases.teams.question.format(number=message.flow.steps_done + 1)),
            *words(message.lead, strong=True),
            *options(message.options),
        ]
        return [*body, *buttons([choice(control) for control in message.controls])]

    def _safety(self, message: SafetyMessage) -> list[CardElement]:
        if not message.interrupts:
            return [box([*words(message.lead, strong=True), *lines(message.contacts)], "warning")]
        return [
            box(words(message.lead, strong=True), "attention"),
            *self._contacts(message.contacts),
            *words(message.after),
            *options(message.options),
        ]

    def _contacts(self, contacts: Sequence[Contact]) -> list[CardElement]:
        blocks: list[CardElement] = []
        for contact in contacts:
            blocks += words(contact.label, strong=True) + words(contact.detail)
            if contact.note:
                blocks.append(remark(contact.note))
        return blocks

    def _given(self, given: GivenAnswer) -> list[CardElement]:
        return [*words(given.question), *words(given.answer, strong=True)]

    def _notices(self, quote: Quote) -> list[CardElement]:
        """Beside the quotation and in other dress, never inside it."""
        return [
            box(
                [
                    *words(notice.text),
                    remark(self._checked(notice)),
                ],
                "warning",
            )
            for notice in quote.notices
        ]

    def _checked(self, notice: Notice) -> str:
        if notice.by_itself:
            return self.phrases.quotations.not_from_sources
        day = f"{notice.checked_on:%-d %B %Y}"
        words = self.phrases.teams.checked.format(day=day)
        return f"{self.phrases.quotations.not_from_sources} {words}"

    def _not_from_the_sources(self, items: list[CardElement]) -> CardElement:
        return box([*items, remark(self.phrases.quotations.not_from_sources)], "warning")

    def _rating(self, turn: int) -> list[CardElement]:
        return buttons(
            [
                execute(self.phrases.teams.useful, RATE, {"rating": "useful", "turn": turn}),
                execute(
                    self.phrases.teams.not_useful, RATE, {"rating": "not_useful", "turn": turn}
                ),
            ]
        )


def asked(message: LookupMessage) -> list[CardElement]:
    return [heading(message.asked)] if message.asked else []


def own_options(message: ReadingMessage) -> list[Option]:
    """But for the other readings, which stand apart."""
    return [option for option in message.options if option not in message.did_you_mean]


def lines(contacts: Sequence[Contact]) -> list[CardElement]:
    """One short line each, where the rest of the reply is to stay in sight."""
    blocks: list[CardElement] = [
        remark(f"{contact.label}: {contact.detail}") for contact in contacts
    ]
    labels: dict[str, list[str]] = {}
    for contact in contacts:
        if contact.note:
            labels.setdefault(contact.note, []).append(contact.label)
    return [*blocks, *(remark(f"{'; '.join(whose)}: {note}") for note, whose in labels.items())]


def fallback(message: Message) -> str:
    """Of an outcome what decides it: with all its quotations twice a card is too long for Teams."""
    if isinstance(message, OutcomeMessage):
        return paragraphs(message.fixed, message.lead)
    return message.text


def plain_card(text: str) -> AdaptiveCard:
    return _card(text, words(text))


def _card(fallback: str, body: list[CardElement]) -> AdaptiveCard:
    return AdaptiveCard(version=VERSION, fallback_text=fallback, body=body)

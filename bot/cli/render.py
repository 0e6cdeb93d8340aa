"""The contract's messages in a terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot import choices
from bot.content.phrases import Phrases
from bot.messages import (
    AnswerMessage,
    Contact,
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
from bot.rendering.plain_text import PlainText
from knowledge.quotes import Quote

MARKED = "bold"
ASIDE = "dim"
WARNING = "yellow"
DANGER = "bold red"


@dataclass(frozen=True)
class TerminalRenderer:
    phrases: Phrases

    def render(self, message: Message, listed: Collection[Option] = ()) -> RenderableType:
        """`listed`: the options that are listed below it, so not named here."""
        return Group(*self._parts(message, listed))

    def _parts(self, message: Message, listed: Collection[Option]) -> Iterator[RenderableType]:
        match message:
            case AnswerMessage():
                yield from asked(message)
                yield Text(message.lead)
                yield from self._quotes(message.quotes)
                if message.elsewhere:
                    yield Text(f"\n{message.elsewhere}")
                yield from self._related_flows(message, listed)
                yield from self._whom(message)
                yield from self._other_readings(message, listed)
            case NotCoveredMessage():
                yield from asked(message)
                yield Text(message.lead or message.text)
                yield from contacts(message.where_to_ask)
                if message.related:
                    yield Text(self.phrases.replies.related, ASIDE)
                yield from self._quotes(message.related)
                yield from self._related_flows(message, listed)
                yield from self._other_readings(message, listed)
            case QuestionMessage():
                yield Text(message.flow.title, ASIDE)
                yield Text(message.lead, MARKED)
                if message.why:
                    yield Text(message.why, ASIDE)
            case OutcomeMessage():
                yield from self._outcome(message)
            case SafetyMessage():
                yield Text(message.lead or message.text, DANGER if message.interrupts else WARNING)
                if message.lead:
                    yield from contacts(message.contacts)
                if message.after:
                    yield Text(message.after)
            case PrivacyMessage():
                yield Text(message.text, WARNING)
            case TextMessage():
                yield Text(message.lead or message.text)
                yield from self._other_readings(message, listed)

    def _outcome(self, message: OutcomeMessage) -> Iterator[RenderableType]:
        yield Text(message.flow.title, ASIDE)
        if message.fixed:
            look = DANGER if message.kind == "safety" else MARKED
            yield Text(self._plain_text.fixed(message.fixed), look)
        yield Text(message.lead, MARKED)
        yield from self._quotes(message.quotes)
        for card in message.cards:
            look = WARNING if card.fixed else ""
            yield Padding(Text(self._plain_text.card(card), look), (1, 0, 0, 0))

    def _quotes(self, shown: Sequence[Quote]) -> Iterator[RenderableType]:
        for quote in shown:
            yield Padding(Group(*self._quote_lines(quote)), (1, 0, 0, 2))

    def _quote_lines(self, quote: Quote) -> Iterator[Text]:
        if quote.lead_in:
            yield Text(quote.lead_in, ASIDE)
        words = Text(f"“{quote.text}”")
        for start, end in quote.marks:
            words.stylize(MARKED, start + 1, end + 1)
        yield words
        if quote.truncated_in_source:
            yield Text(self.phrases.quotations.missing_text, WARNING)
        yield Text(citation(quote), ASIDE)
        for notice in quote.notices:
            dated = "" if notice.by_itself else f" ({notice.checked_on:%d %B %Y})"
            yield Text(f"Note{dated}: {notice.text}", WARNING)

    def _related_flows(self, message: LookupMessage, listed: Collection[Option]) -> Iterator[Text]:
        if message.related_flows:
            ids = {option.id for option in listed}
            flows = [flow for flow in message.related_flows if choices.start(flow.id) not in ids]
            named = f" {'; '.join(flow.title for flow in flows)}" if flows else ""
            yield Text(f"\n{self.phrases.replies.flows}{named}", ASIDE)

    def _whom(self, message: LookupMessage) -> Iterator[Text]:
        if message.where_to_ask:
            yield Text(f"\n{self.phrases.replies.ask}")
            yield from contacts(message.where_to_ask)

    def _other_readings(
        self, message: ReadingMessage, listed: Collection[Option]
    ) -> Iterator[Text]:
        if message.did_you_mean and message.did_you_mean[0] not in listed:
            titles = "; ".join(option.label for option in message.did_you_mean)
            yield Text(f"\n{self.phrases.replies.did_you_mean} {titles}", ASIDE)

    @property
    def _plain_text(self) -> PlainText:
        return PlainText(self.phrases.quotations)


def asked(message: LookupMessage) -> Iterator[Text]:
    if message.asked:
        yield Text(message.asked, ASIDE)


def citation(quote: Quote) -> str:
    cited = quote.citation
    return (
        f"{cited.title}, {cited.publisher}, {cited.version}, {cited.reference} [{quote.passage_id}]"
    )


def contacts(shown: Sequence[Contact]) -> Iterator[Text]:
    for contact in shown:
        note = f" ({contact.note})" if contact.note else ""
        yield Text(f"  {contact.label}: {contact.detail}{note}")

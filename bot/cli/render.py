"""The contract's messages in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.messages import (
    AnswerMessage,
    Card,
    Contact,
    Message,
    NotCoveredMessage,
    OutcomeMessage,
    PrivacyMessage,
    QuestionMessage,
    SafetyMessage,
    TextMessage,
)
from bot.rendering.flows import card_text
from knowledge.quotes import Quote

MARKED = "bold"
ASIDE = "dim"
WARNING = "yellow"
DANGER = "bold red"


def render(message: Message, *, flows_listed: bool = False) -> RenderableType:
    """`flows_listed`: the flows that go with an answer are listed below it, so not named here."""
    match message:
        case AnswerMessage():
            parts = [Text(message.lead), *quotes(message.quotes)]
            parts += related_flows(message, flows_listed)
        case NotCoveredMessage():
            parts = [Text(message.lead or message.text), *contacts(message.where_to_ask)]
            if message.related:
                parts += [Text("Related, but not an answer:", ASIDE), *quotes(message.related)]
            parts += related_flows(message, flows_listed)
        case QuestionMessage():
            parts = [Text(message.flow.title, ASIDE), Text(message.lead, MARKED)]
            if message.why:
                parts.append(Text(message.why, ASIDE))
        case OutcomeMessage():
            parts = [Text(message.flow.title, ASIDE)]
            if message.fixed:
                look = DANGER if message.kind == "safety" else MARKED
                parts.append(Text(f"{message.fixed} (Not from the sources.)", look))
            parts.append(Text(message.lead, MARKED))
            parts += [*quotes(message.quotes), *cards(message.cards)]
        case SafetyMessage():
            parts = [Text(message.lead or message.text, DANGER)]
            if message.lead:
                parts += [*contacts(message.contacts), Text(message.after)]
        case PrivacyMessage():
            parts = [Text(message.text, WARNING)]
        case TextMessage():
            parts = [Text(message.lead or message.text)]
    return Group(*parts)


def quotes(shown: Sequence[Quote]) -> Iterator[RenderableType]:
    for quote in shown:
        yield Padding(Group(*quote_lines(quote)), (1, 0, 0, 2))


def quote_lines(quote: Quote) -> Iterator[Text]:
    if quote.lead_in:
        yield Text(quote.lead_in, ASIDE)
    words = Text(f"“{quote.text}”")
    for start, end in quote.marks:
        words.stylize(MARKED, start + 1, end + 1)
    yield words
    if quote.truncated_in_source:
        yield Text("The sentence stops here in the source itself.", WARNING)
    yield Text(citation(quote), ASIDE)
    for notice in quote.notices:
        yield Text(f"Note ({notice.checked_on:%d %B %Y}): {notice.text}", WARNING)


def citation(quote: Quote) -> str:
    cited = quote.citation
    return (
        f"{cited.title}, {cited.publisher}, {cited.version}, {cited.reference} [{quote.passage_id}]"
    )


def cards(shown: Sequence[Card]) -> Iterator[RenderableType]:
    for card in shown:
        yield Padding(Text(card_text(card), WARNING if card.fixed else ""), (1, 0, 0, 0))


def contacts(shown: Sequence[Contact]) -> Iterator[Text]:
    for contact in shown:
        note = f" ({contact.note})" if contact.note else ""
        yield Text(f"  {contact.label}: {contact.detail}{note}")


def related_flows(message: AnswerMessage | NotCoveredMessage, listed: bool) -> Iterator[Text]:
    if message.related_flows:
        titles = "; ".join(flow.title for flow in message.related_flows)
        stop = "" if titles.endswith("?") else "."
        yield Text(f"\nI can also take you through: {'' if listed else titles + stop}", ASIDE)

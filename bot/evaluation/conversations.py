"""The questions of an evaluation, asked of a running assistant as a user would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot import choices
from bot.evaluation.items import Item, ItemKind
from bot.evaluation.measures import Share, mean
from bot.messages import (
    AnswerMessage,
    Message,
    NotCoveredMessage,
    PrivacyMessage,
    QuestionMessage,
    SafetyMessage,
)
from knowledge.library import Library
from knowledge.quotes import Quote

AskItem = Callable[[Item], Sequence[Message]]


@dataclass(frozen=True)
class EvaluatedExchange:
    item: Item
    messages: Sequence[Message]

    @property
    def answer(self) -> AnswerMessage | None:
        return next((m for m in self.messages if isinstance(m, AnswerMessage)), None)

    @property
    def not_covered(self) -> NotCoveredMessage | None:
        return next((m for m in self.messages if isinstance(m, NotCoveredMessage)), None)

    @property
    def quotes(self) -> list[Quote]:
        return self.answer.quotes if self.answer else []

    @property
    def warned(self) -> bool:
        return any(isinstance(m, SafetyMessage) for m in self.messages[:1])

    @property
    def interrupted(self) -> bool:
        return any(isinstance(m, SafetyMessage) and m.interrupts for m in self.messages[:1])

    @property
    def masked(self) -> bool:
        return any(isinstance(m, PrivacyMessage) for m in self.messages)

    def right(self, depth: int) -> bool:
        found = self.quotes[:depth]
        return any(self.item.grade(q.citation.document_id, _shown(q)) for q in found)

    @property
    def flow_first(self) -> bool:
        for message in self.messages:
            if isinstance(message, QuestionMessage):
                return message.flow.id == self.item.flow
            offered = [each.id for each in message.options if each.id.startswith("start:")]
            if offered:
                return offered[0] == choices.start(self.item.flow or "")
        return False

    @property
    def caught(self) -> bool:
        """All personal data masked, and none of it said back."""
        said = " ".join(message.model_dump_json() for message in self.messages)
        return self.masked and not any(part in said for part in self.item.pii)


def exchanges(items: Iterable[Item], ask: AskItem) -> Iterator[EvaluatedExchange]:
    for item in items:
        yield EvaluatedExchange(item, ask(item))


def measures(found: Sequence[EvaluatedExchange], library: Library) -> dict[str, Share | str]:
    def of(*kinds: ItemKind) -> list[EvaluatedExchange]:
        return [e for e in found if e.item.kind in kinds]

    answers, quotes = of("answer"), [q for e in found for q in e.quotes]
    return {
        "Right passage quoted first": Share.of(e.right(1) for e in answers),
        "Right passage quoted": Share.of(e.right(3) for e in answers),
        "Characters quoted in an answer": f"{mean(_length(e) for e in answers if e.answer):.0f}",
        "Answerable questions not answered": Share.of(e.answer is None for e in answers),
        "Hard negatives not answered": Share.of(e.answer is None for e in of("abstain")),
        "Out of scope declined as such": Share.of(
            e.not_covered is not None and e.not_covered.reason == "out_of_scope"
            for e in of("out_of_scope")
        ),
        "The right flow started or offered first": Share.of(e.flow_first for e in of("flow")),
        "Emergencies caught": Share.of(e.warned for e in of("emergency")),
        "False alarms": Share.of(e.interrupted for e in found if e.item.kind != "emergency"),
        "Cautioned first, and answered": Share.of(
            e.warned and not e.interrupted for e in found if e.item.kind != "emergency"
        ),
        "Personal data caught and not repeated": Share.of(e.caught for e in of("pii")),
        "Personal data seen where there is none": Share.of(
            e.masked for e in found if e.item.kind not in ("pii", "emergency")
        ),
        "Small talk without a quotation": Share.of(not e.quotes for e in of("smalltalk")),
        "Quotations verbatim, citations resolving": Share.of(_verbatim(q, library) for q in quotes),
    }


def _verbatim(quote: Quote, library: Library) -> bool:
    document = library.documents.get(quote.citation.document_id)
    return (
        document is not None
        and quote.passage_id in library.passages
        and quote.text in document.text
    )


def _shown(quote: Quote) -> str:
    return f"{quote.lead_in or ''} {quote.text}"


def _length(exchange: EvaluatedExchange) -> float:
    return sum(len(quote.text) for quote in exchange.quotes)

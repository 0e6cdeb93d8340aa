"""The passages and the notices of an outcome: each once, however often it is quoted or warns."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages import OutcomeMessage
from knowledge.checks import notices_of
from knowledge.quotes import Notice, Quote


@dataclass(frozen=True)
class Numbered:
    """Passages in the order in which they are quoted, notices as they are shown anywhere. Both are
    counted from 1."""

    quotes: tuple[Quote, ...]
    notices: tuple[Notice, ...]

    @classmethod
    def of(cls, outcome: OutcomeMessage) -> Numbered:
        shown = [*outcome.quotes, *(quote for card in outcome.cards for quote in card.quotes)]
        quotes: dict[str, Quote] = {}
        for quote in shown:
            quotes.setdefault(quote.passage_id, quote)
        return cls(tuple(quotes.values()), tuple(notices_of(shown)))

    def quotation(self, quote: Quote) -> int:
        return [each.passage_id for each in self.quotes].index(quote.passage_id) + 1

    def notice(self, notice: Notice) -> int:
        return [each.text for each in self.notices].index(notice.text) + 1

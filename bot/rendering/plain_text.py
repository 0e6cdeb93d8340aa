"""Messages as plain text, for a channel that can only print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.phrases import QuotationPhrases
from bot.messages import Card, Option
from knowledge.areas import area_name
from knowledge.quotes import Quote


@dataclass(frozen=True)
class PlainText:
    """Quotations and what stands beside them, with what is not from the sources marked so."""

    phrases: QuotationPhrases

    def quoted(self, quote: Quote) -> str:
        """The source's words in quotation marks, and outside them what is missing in the source."""
        words = f"“{quote.text}”"
        if quote.lead_in:
            words = f"“{quote.lead_in}” … {words}"
        return f"{words} {self.phrases.missing_text}" if quote.truncated_in_source else words

    def cited(self, quote: Quote) -> str:
        """The quotation, its citation, and any notice, each on a line of its own."""
        citation = quote.citation
        area = f", {area_name(citation.area)}" if citation.area else ""
        place = f"— {citation.title}{area}, {citation.version}, {citation.reference}"
        notices = (self.phrases.notice.format(text=notice.text) for notice in quote.notices)
        return "\n".join([self.quoted(quote), place, *notices])

    def cited_once(self, quotes: Sequence[Quote]) -> list[str]:
        """The quotations of one reply, each notice below the first that it stands beside."""
        said: set[str] = set()
        texts = []
        for quote in quotes:
            new = tuple(each for each in quote.notices if each.text not in said)
            said.update(each.text for each in new)
            texts.append(self.cited(quote.model_copy(update={"notices": new})))
        return texts

    def fixed(self, words: str) -> str:
        """Words that are not from the sources."""
        return f"{words} ({self.phrases.not_from_sources})"

    def card(self, card: Card) -> str:
        if card.fixed:
            return self.phrases.from_elsewhere.format(text=card.text)
        cites = (f"{quote.citation.title}, {quote.citation.reference}" for quote in card.quotes)
        return f"{card.text} ({'; '.join(cites)})"


def numbered(options: Sequence[Option], first: int = 1) -> str:
    return "\n".join(f"{place}. {option.label}" for place, option in enumerate(options, first))


def bulleted(options: Sequence[Option]) -> str:
    return "\n".join(f"- {option.label}" for option in options)


def paragraphs(*parts: str | None) -> str:
    return "\n\n".join(part for part in parts if part)

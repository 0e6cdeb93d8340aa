"""The record's contents in order, before they are Markdown, HTML or a Word document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.content.phrases import RecordPhrases
from bot.messages import Card, OutcomeMessage
from bot.record.stamp import Stamp
from bot.rendering.plain_text import PlainText
from knowledge.quotes import Notice, Quote


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Facts:
    """Names with what stands against them, in two columns."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Quotation:
    """The source's words, where they stand, and what to beware of."""

    text: str
    citation: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Blanks:
    """Lines that the practitioner fills in."""

    labels: tuple[str, ...]


Block = Heading | Paragraph | Facts | Quotation | Blanks


@dataclass(frozen=True)
class RecordDocument:
    """Puts a record together. `plain_text` marks what is not from the sources."""

    phrases: RecordPhrases
    plain_text: PlainText

    def blocks(self, outcome: OutcomeMessage, stamp: Stamp) -> Iterator[Block]:
        phrases = self.phrases
        yield Paragraph(phrases.about)
        yield Facts(
            (
                (phrases.questions, outcome.flow.title),
                (phrases.finished, f"{stamp.at:%d %B %Y, %H:%M} UTC"),
                (phrases.questions_version, outcome.version),
                (phrases.sources_version, stamp.sources),
            )
        )
        yield Heading(phrases.questions_and_answers)
        yield Facts(tuple((each.question, each.answer) for each in outcome.answers))
        yield Heading(phrases.what_sources_say)
        if outcome.fixed:
            yield self._from_elsewhere(outcome.fixed)
        for part in outcome.lead.split("\n\n"):
            yield Paragraph(part)
        yield from map(self._quotation, outcome.quotes)
        yield from self._cards(outcome.cards)
        yield Heading(phrases.to_complete)
        yield Blanks(phrases.blanks)
        yield Heading(phrases.stamp)
        yield Paragraph(stamp.line(outcome.version, outcome.path))

    def _cards(self, shown: Sequence[Card]) -> Iterator[Block]:
        if shown:
            yield Heading(self.phrases.also)
        for card in shown:
            yield self._from_elsewhere(card.text) if card.fixed else Paragraph(card.text)
            yield from map(self._quotation, card.quotes)

    def _from_elsewhere(self, text: str) -> Paragraph:
        return Paragraph(self.plain_text.phrases.from_elsewhere.format(text=text))

    def _quotation(self, quote: Quote) -> Quotation:
        cited = quote.citation
        return Quotation(
            self.plain_text.quoted(quote),
            f"{cited.title}, {cited.publisher}, {cited.version}, {cited.reference}",
            tuple(map(self._noticed, quote.notices)),
        )

    def _noticed(self, notice: Notice) -> str:
        if notice.by_itself:
            return self.plain_text.phrases.notice.format(text=notice.text)
        phrases, name = self.phrases, notice.signed_off_by
        return phrases.notice.format(
            day=f"{notice.checked_on:%d %B %Y}",
            signed=phrases.signed.format(name=name) if name else phrases.not_signed,
            text=notice.text,
        )

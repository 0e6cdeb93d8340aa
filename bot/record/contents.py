"""The record's contents in order, before they are Markdown, HTML or a Word document."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.content.phrases import RecordPhrases
from bot.flows.model import OutcomeKind
from bot.messages import Card, OutcomeMessage
from bot.record.blocks import (
    Blanks,
    Entries,
    Heading,
    Paragraph,
    Points,
    Quotation,
    Subheading,
    TableOf,
    Verbatim,
)
from bot.record.once import Numbered
from bot.record.stamp import Stamp
from bot.rendering.local_time import LOCAL
from bot.rendering.plain_text import PlainText
from knowledge.quotes import Notice, Quote

RecordBlock = (
    Heading | Subheading | Paragraph | Points | Entries | TableOf | Blanks | Quotation | Verbatim
)

LONGEST_TITLE = 100
"""In a file's name: Windows takes 260 characters with every folder above it."""
INSTEAD = str.maketrans({":": " -", "/": "-", "\\": "-"} | dict.fromkeys('<>"|?*', ""))
"""For what Windows takes in no file's name."""


@dataclass(frozen=True)
class RecordDocument:
    """Puts a record together. `plain_text` marks what is not from the sources."""

    phrases: RecordPhrases
    outcomes: Mapping[OutcomeKind, str]
    plain_text: PlainText

    def title(self, outcome: OutcomeMessage) -> str:
        return self.phrases.title.format(title=outcome.flow.title)

    def file_name(self, outcome: OutcomeMessage, stamp: Stamp) -> str:
        """Without its ending: it begins with the day, so that a folder is in order."""
        name = self.phrases.file_name.format(
            day=f"{stamp.at.astimezone(LOCAL):%Y-%m-%d}",
            title=textwrap.shorten(outcome.flow.title, LONGEST_TITLE, placeholder=""),
        )
        spaced = re.sub(r"[\s\x00-\x1f]+", " ", name.translate(INSTEAD))
        return spaced.strip(" .")

    def blocks(self, outcome: OutcomeMessage, stamp: Stamp) -> Iterator[RecordBlock]:
        numbered = Numbered.of(outcome)
        ended = stamp.at.astimezone(LOCAL)
        yield Paragraph(self.phrases.about.format(finished=f"{ended:%-d %B %Y, %H:%M}"))
        yield from self._outcome(outcome, numbered)
        yield from self._to_complete()
        yield from self._answers(outcome)
        yield from self._quotations(numbered)
        yield from self._notices(numbered)
        yield from self._stamp(outcome, stamp)

    def _outcome(self, outcome: OutcomeMessage, numbered: Numbered) -> Iterator[RecordBlock]:
        phrases = self.phrases
        yield Heading(phrases.outcome)
        yield Subheading(self.outcomes[outcome.kind])
        if outcome.fixed:
            yield Paragraph(self._from_elsewhere(outcome.fixed))
        for part in outcome.lead.split("\n\n"):
            yield Paragraph(part)
        if outcome.quotes:
            yield Subheading(phrases.behind)
            yield Points(tuple(self._named(quote, numbered) for quote in outcome.quotes))
        if numbered.notices:
            yield Paragraph(phrases.before_relying.format(heading=phrases.check_first))
        if outcome.cards:
            yield Subheading(phrases.also)
            yield Points(tuple(self._card(card, numbered) for card in outcome.cards))

    def _card(self, card: Card, numbered: Numbered) -> str:
        if card.fixed:
            return self._from_elsewhere(card.text)
        if not card.quotes:
            return card.text
        places = (
            f"{self._quotation_name(quote, numbered)} ({quote.citation.reference})"
            for quote in card.quotes
        )
        return f"{card.text} {self.phrases.see.format(quotations=', '.join(places))}"

    def _to_complete(self) -> Iterator[RecordBlock]:
        phrases = self.phrases
        yield Heading(phrases.to_complete)
        yield Paragraph(phrases.to_others)
        yield Blanks((phrases.blank, phrases.entry), phrases.blanks)

    def _answers(self, outcome: OutcomeMessage) -> Iterator[RecordBlock]:
        phrases = self.phrases
        yield Heading(phrases.questions_and_answers)
        rows = tuple((each.question, each.answer) for each in outcome.answers)
        yield TableOf((phrases.question, phrases.answer), rows)

    def _quotations(self, numbered: Numbered) -> Iterator[RecordBlock]:
        if numbered.quotes:
            yield Heading(self.phrases.quotations)
        for quote in numbered.quotes:
            cited, names = quote.citation, self._notice_names(quote.notices, numbered)
            yield Subheading(self._named(quote, numbered))
            yield Quotation(
                self.plain_text.quoted(quote),
                f"{cited.publisher}, {cited.version}",
                self.phrases.check.format(notices=names) if names else None,
            )

    def _notices(self, numbered: Numbered) -> Iterator[RecordBlock]:
        notices, phrases = numbered.notices, self.phrases
        if not notices:
            return
        yield Heading(phrases.check_first)
        yield Paragraph(phrases.about_notices)
        unsigned = [each for each in notices if not (each.by_itself or each.signed_off_by)]
        if unsigned:
            names = self._notice_names(unsigned, numbered)
            yield Paragraph(phrases.unsigned.format(notices=names))
        yield Entries(tuple(self._warning(each, numbered) for each in notices))

    def _warning(self, notice: Notice, numbered: Numbered) -> tuple[str, str]:
        kind = self.plain_text.phrases.notices[notice.kind]
        name = f"{self._notice_name(notice, numbered)}: {kind}."
        if notice.by_itself:
            return name, notice.text
        said = [notice.body or notice.text]
        said.append(self.phrases.checked.format(day=f"{notice.checked_on:%-d %B %Y}"))
        if notice.signed_off_by:
            said.append(self.phrases.signed.format(name=notice.signed_off_by))
        return name, " ".join(said)

    def _stamp(self, outcome: OutcomeMessage, stamp: Stamp) -> Iterator[RecordBlock]:
        phrases = self.phrases
        yield Heading(phrases.stamp)
        yield Entries(
            (
                (phrases.questions_version, outcome.version),
                (phrases.sources_version, stamp.sources),
            )
        )
        yield Paragraph(phrases.about_stamp)
        yield Verbatim(stamp.line(outcome.version, outcome.path))

    def _named(self, quote: Quote, numbered: Numbered) -> str:
        cited = quote.citation
        return f"{self._quotation_name(quote, numbered)}: {cited.title}, {cited.reference}"

    def _quotation_name(self, quote: Quote, numbered: Numbered) -> str:
        return self.phrases.quotation.format(number=numbered.quotation(quote))

    def _notice_names(self, notices: Iterable[Notice], numbered: Numbered) -> str:
        in_order = sorted(notices, key=numbered.notice)
        return ", ".join(self._notice_name(each, numbered) for each in in_order)

    def _notice_name(self, notice: Notice, numbered: Numbered) -> str:
        return self.phrases.notice.format(number=numbered.notice(notice))

    def _from_elsewhere(self, text: str) -> str:
        return self.plain_text.phrases.from_elsewhere.format(text=text)

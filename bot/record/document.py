"""The record's contents in order, before they are Markdown, HTML or a Word document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.messages import Card, OutcomeMessage
from bot.record.stamp import Stamp
from bot.rendering.plain_text import quoted
from knowledge.quotes import Notice, Quote

TITLE = "Decision record"
ABOUT = (
    "Made from a walk through set questions. It shows what the sources say about the answers "
    "given. It is not a decision and not legal advice. The assistant keeps no copy."
)
BLANKS = (
    "Child or family (your own reference)",
    "What was shared, or not shared",
    "With whom, and how",
    "Why: the reasons on the facts of this case",
    "Whether consent was asked for, and the answer",
    "Advice taken, from whom",
    "Who decided (name and role)",
    "Who will act, and by when",
    "Completed by (name, role, date and time)",
)


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


def sheet(outcome: OutcomeMessage, stamp: Stamp) -> Iterator[Block]:
    yield Paragraph(ABOUT)
    yield Facts(
        (
            ("Questions", outcome.flow.title),
            ("Finished", f"{stamp.at:%d %B %Y, %H:%M} UTC"),
            ("Version of the questions", outcome.version),
            ("Version of the sources", stamp.sources),
        )
    )
    yield Heading("Questions and answers")
    yield Facts(tuple((each.question, each.answer) for each in outcome.answers))
    yield Heading("What the sources say")
    if outcome.fixed:
        yield Paragraph(f"Not from the sources: {outcome.fixed}")
    for part in outcome.lead.split("\n\n"):
        yield Paragraph(part)
    for quote in outcome.quotes:
        yield quotation(quote)
    yield from cards(outcome.cards)
    yield Heading("To be completed by the practitioner")
    yield Blanks(BLANKS)
    yield Heading("Stamp")
    yield Paragraph(stamp.line(outcome.version, outcome.path))


def cards(shown: Sequence[Card]) -> Iterator[Block]:
    if not shown:
        return
    yield Heading("Also")
    for card in shown:
        yield Paragraph(f"Not from the sources: {card.text}" if card.fixed else card.text)
        for quote in card.quotes:
            yield quotation(quote)


def quotation(quote: Quote) -> Quotation:
    cited = quote.citation
    return Quotation(
        quoted(quote),
        f"{cited.title}, {cited.publisher}, {cited.version}, {cited.reference}",
        tuple(map(noticed, quote.notices)),
    )


def noticed(notice: Notice) -> str:
    signed = f"signed off by {notice.signed_off_by}" if notice.signed_off_by else "not signed off"
    checked = f"checked on {notice.checked_on:%d %B %Y}"
    return f"Notice, not from the source ({checked}, {signed}): {notice.text}"

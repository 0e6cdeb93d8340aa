"""What the board's report is made of, before it is a page or a Word document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.record.blocks import Heading, Paragraph, Points, Subheading, TableOf

ReportBlock = Heading | Subheading | Paragraph | Points | TableOf


@dataclass(frozen=True)
class Period:
    """Both days are within."""

    since: date
    until: date

    @property
    def words(self) -> str:
        return f"{day(self.since)} to {day(self.until)}"


@dataclass(frozen=True)
class BoardReport:
    title: str
    period: Period
    blocks: tuple[ReportBlock, ...]


def day(of: date) -> str:
    return f"{of:%-d %B %Y}"


def listed(parts: list[str]) -> str:
    """As a sentence names several."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last

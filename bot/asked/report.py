"""The report for the partnership's board: how much was asked, what about, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.asked.report_blocks import BoardReport, Period, day
from bot.asked.report_source import ReportSource
from bot.asked.report_upkeep import changed_in_short, upkeep_blocks
from bot.asked.report_use import often, outcomes, ratings, use_blocks
from bot.asked.shown import FEWEST, NOT_KNOWN, share, total
from bot.operations.counted import counted
from bot.operations.due import SOON
from bot.record.blocks import Heading, Paragraph, Points

TITLE = "How the assistant was used and looked after"


def board_report(period: Period, source: ReportSource) -> BoardReport:
    blocks = (
        Paragraph(f"{source.partnership}, {period.words}. Drawn up on {day(source.today)}."),
        Heading("At a glance"),
        Points(tuple(_at_a_glance(source))),
        Paragraph(
            f"A number that came of fewer than {FEWEST} conversations is held back, and so are"
            " their words, so that nobody is known."
        ),
        *use_blocks(period, source),
        *upkeep_blocks(source),
    )
    return BoardReport(TITLE, period, blocks)


def _at_a_glance(source: ReportSource) -> Iterator[str]:
    """Five lines."""
    asked, rated = outcomes(source), ratings(source)
    answered = share(asked[0], asked[1:])
    yield f"Questions asked: {total(asked)}. Answered from the documents: {answered}."
    helped = share(rated[0], rated[1:])
    yield f"Replies that people rated: {total(rated)}. Of these helped: {helped}."
    yield f"Themes that several asked and did not find: {_themes(source)}."
    yield f"What changed: {changed_in_short(source)}"
    late = counted(len(source.overdue), "review is overdue", "reviews are overdue")
    soon = counted(len(source.soon), "falls", "fall") if source.soon else "none falls"
    yield (
        f"{late}, and {soon} due in the next {SOON.days} days."
        f" Documents and notices that nobody has signed as they stand: {len(source.unsigned):,}."
    )


def _themes(source: ReportSource) -> str:
    if source.questions_since is None:
        return f"{NOT_KNOWN}, because questions are not kept"
    unanswered, unhelpful = (len(often(each)) for each in (source.unanswered, source.unhelpful))
    did_not_help = f"Themes whose answers did not help: {unhelpful or 'none'}"
    return f"{unanswered or 'none'}. {did_not_help}"

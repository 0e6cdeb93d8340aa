"""The board's report: how much was asked, whether it helped, and what had no answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from bot.asked.contribution import Event, UsageEvent
from bot.asked.groups import AskedGroup
from bot.asked.report_blocks import Period, ReportBlock, day
from bot.asked.report_source import ReportSource
from bot.asked.shown import FEWEST, CountedUse, number, share, total
from bot.operations.counted import counted
from bot.record.blocks import Heading, Paragraph, Subheading, TableOf
from knowledge.areas import area_name

THEMES_SHOWN = 20
"""About a page."""
ANSWERS: tuple[tuple[Event, str], ...] = (
    ("answered", "Answered from the documents"),
    ("nearest_only", "Not clearly answered: the nearest passages were shown"),
    ("not_found", "Not in the documents"),
    ("out_of_scope", "Outside what the assistant is for"),
)
RATINGS: tuple[tuple[Event, str], ...] = (
    ("helpful", "It helped"),
    ("unhelpful", "It did not help"),
)
NO_AREA = "No area named"


def use_blocks(period: Period, source: ReportSource) -> Iterator[ReportBlock]:
    yield Heading("How much was asked")
    yield from _not_counted(period, source)
    yield from _answers(source)
    yield from _areas(source)
    yield Heading("Whether it helped")
    yield from _ratings(source)
    yield Heading("What people asked and did not find")
    yield from _themes(period, source)
    yield Heading("Decisions that were talked through")
    yield from _flows(source)


def outcomes(source: ReportSource) -> list[CountedUse]:
    """In the order of ANSWERS."""
    by_event = _by(source, lambda each: each.event)
    return [by_event[event] for event, _ in ANSWERS]


def ratings(source: ReportSource) -> list[CountedUse]:
    """In the order of RATINGS."""
    by_event = _by(source, lambda each: each.event)
    return [by_event[event] for event, _ in RATINGS]


def often(groups: Sequence[AskedGroup]) -> list[AskedGroup]:
    """Those that enough conversations are known to have asked."""
    return [each for each in groups if len(each.marks) >= FEWEST]


def _not_counted(period: Period, source: ReportSource) -> Iterator[ReportBlock]:
    first = source.first_counted
    if first is None:
        yield Paragraph("Nothing has been counted yet.")
    elif period.since < first:
        yield Paragraph(f"Counting began on {day(first)}. What was asked before is not known.")
    if period.until >= source.today:
        yield Paragraph(f"The period is not over. This is how it stood on {day(source.today)}.")


def _answers(source: ReportSource) -> Iterator[ReportBlock]:
    counts = outcomes(source)
    rows = [(words, number(each)) for (_, words), each in zip(ANSWERS, counts, strict=True)]
    yield TableOf(
        ("What became of a question", "Questions"), (*rows, ("All", total(counts))), (75, 25)
    )
    answered = share(counts[0], counts[1:])
    yield Paragraph(f"Share answered from the documents: {answered}.")


def _areas(source: ReportSource) -> Iterator[ReportBlock]:
    events = {event for event, _ in ANSWERS}
    areas = _by(source, lambda each: each.area if each.event in events else None)
    if not areas:
        return
    if not all(each.is_shown for each in (*outcomes(source), *areas.values())):
        yield Paragraph("Areas are not shown: a number that is held back could be worked out.")
        return
    rows = tuple((area_name(each) or NO_AREA, number(areas[each])) for each in sorted(areas))
    yield TableOf(("Area", "Questions"), rows, (75, 25))


def _ratings(source: ReportSource) -> Iterator[ReportBlock]:
    counts = ratings(source)
    rows = tuple((words, number(each)) for (_, words), each in zip(RATINGS, counts, strict=True))
    yield TableOf(("What people said of a reply", "Replies"), rows, (75, 25))
    yield Paragraph(f"Share of the ratings that say it helped: {share(counts[0], counts[1:])}.")


def _themes(period: Period, source: ReportSource) -> Iterator[ReportBlock]:
    since = source.questions_since
    if since is None:
        yield Paragraph("Questions are not kept, so what was asked is not known.")
        return
    if period.since < since:
        yield Paragraph(
            f"Questions from before {day(since)} are no longer kept: what was asked is not known."
        )
    yield Subheading("Not answered")
    yield from _theme_table(source, source.unanswered)
    yield Subheading("Answered, and the answer did not help")
    yield from _theme_table(source, source.unhelpful)


def _theme_table(source: ReportSource, groups: Sequence[AskedGroup]) -> Iterator[ReportBlock]:
    """What few conversations asked is not shown: its words may tell who they are."""
    shown = often(groups)[:THEMES_SHOWN]
    rows = tuple(
        (_about(source, each), f"{each.count:,}", f"{len(each.marks):,}") for each in shown
    )
    yield TableOf(("What it was about", "Times asked", "Conversations"), rows, (60, 18, 22))
    if left := len(groups) - len(shown):
        others = counted(left, "other theme is", "other themes are")
        why = (
            f"fewer than {FEWEST} conversations are known to have asked"
            if len(shown) < THEMES_SHOWN
            else "asked less often"
        )
        yield Paragraph(f"{others} not shown: {why}.")


def _about(source: ReportSource, group: AskedGroup) -> str:
    """A wording that enough conversations chose. Else where it led to: nobody's own words."""
    common = [each for each in group.questions if len(each.marks) >= FEWEST]
    if common:
        return f"“{max(common, key=lambda each: len(each.marks)).text}”"
    near = next((source.places[each] for each in group.passages if each in source.places), None)
    return f"Put in many ways. Nearest to it: {near}" if near else "Put in many ways"


def _flows(source: ReportSource) -> Iterator[ReportBlock]:
    begun, finished = _flows_of(source, "flow_begun"), _flows_of(source, "flow_finished")
    used = {*begun, *finished}
    yield TableOf(
        ("Decision", "Begun", "Finished"),
        tuple(
            (
                source.flows.get(each, "One that is no longer offered"),
                number(begun[each]),
                number(finished[each]),
            )
            for each in sorted(used, key=lambda flow: (-begun[flow].times, flow))
        ),
        (60, 20, 20),
    )


def _flows_of(source: ReportSource, event: str) -> defaultdict[str, CountedUse]:
    return _by(source, lambda each: each.flow if each.event == event else None)


def _by(
    source: ReportSource, key: Callable[[UsageEvent], str | None]
) -> defaultdict[str, CountedUse]:
    """Without what has no key."""
    found: defaultdict[str, CountedUse] = defaultdict(CountedUse)
    for event, times in source.counts:
        name = key(event)
        if name is not None:
            found[name] += CountedUse.of(event.mark, times)
    return found

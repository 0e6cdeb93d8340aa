"""The report for the partnership's board: how much was asked, what about, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.asked.contribution import Event, UsageEvent
from bot.asked.groups import AskedGroup
from bot.operations.difference import ContentDifference
from bot.operations.due import DueReview, Kind
from bot.record.contents import Heading, Paragraph
from knowledge.editions import Edition

FEWEST_SHOWN = 5
"""A smaller number might be one team, or one person. The Office for National Statistics does not
publish counts below five or so of health and care for that reason."""
FEW = f"fewer than {FEWEST_SHOWN}"
TOO_FEW = "too few to say"
THEMES_SHOWN = 20
"""About a page."""
ANSWERS: tuple[tuple[Event, str], ...] = (
    ("answered", "Answered from the documents"),
    ("nearest_only", "Shown only the nearest passages"),
    ("not_found", "Not in the documents"),
    ("out_of_scope", "Outside what the assistant is for"),
)
RATINGS: tuple[tuple[Event, str], ...] = (("helpful", "Helpful"), ("unhelpful", "Not helpful"))
NO_AREA = "No area named"


@dataclass(frozen=True)
class TableOf:
    """Every row has as many cells as `heads`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


ReportBlock = Heading | Paragraph | TableOf


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
    blocks: tuple[ReportBlock, ...]


@dataclass(frozen=True)
class ReportSource:
    """What the report is made of. `groups`, `counts` and `changes` are of the period, `overdue` is
    what is overdue now. `flows`: titles by id. `changes`: what each edition changed, the newest
    first."""

    partnership: str
    counts: Sequence[tuple[UsageEvent, int]]
    groups: Sequence[AskedGroup]
    keeps_questions: bool
    flows: Mapping[str, str]
    changes: Sequence[tuple[Edition, Sequence[ContentDifference]]]
    overdue: Sequence[DueReview]


KINDS: Mapping[Kind, str] = {
    "notice": "Notice beside quotations",
    "document": "Document",
    "contact": "Contact",
    "flow": "Decision to talk through",
    "module": "Lesson of the induction",
}


def board_report(period: Period, source: ReportSource) -> BoardReport:
    blocks = (
        Paragraph(f"{source.partnership}, {period.words}."),
        Paragraph(f"Numbers below {FEWEST_SHOWN} are shown as “{FEW}”, so that nobody is known."),
        *_answers(source),
        *_ratings(source),
        *_themes(source),
        *_flows(source),
        *_changes(source),
        *_overdue(source),
    )
    return BoardReport("How the assistant was used", blocks)


def number(count: int) -> str:
    """As it may be shown."""
    if count == 0:
        return "none"
    return FEW if count < FEWEST_SHOWN else f"{count:,}"


def total(counts: Iterable[int]) -> str:
    """Of numbers that are shown beside it. Where one is held back, it cannot be worked out."""
    whole = [each for each in counts if each]
    shown = sum(each for each in whole if each >= FEWEST_SHOWN)
    if all(each >= FEWEST_SHOWN for each in whole):
        return number(shown)
    return f"at least {shown:,}" if shown else FEW


def share(part: int, whole: int) -> str:
    """In whole per cent; not of a few, nor where a few are what is left."""
    if part < FEWEST_SHOWN or 0 < whole - part < FEWEST_SHOWN:
        return TOO_FEW
    return f"{100 * part / whole:.0f}%"


def day(of: date) -> str:
    return f"{of:%-d %B %Y}"


def _answers(source: ReportSource) -> Iterator[ReportBlock]:
    by_kind = _counted(source, [event for event, _ in ANSWERS])
    yield Heading("How much was asked")
    rows = [(words, number(by_kind[event])) for event, words in ANSWERS]
    counts = [by_kind[event] for event, _ in ANSWERS]
    yield TableOf(("What became of a question", "Questions"), (*rows, ("All", total(counts))))
    answered = share(by_kind["answered"], sum(counts))
    yield Paragraph(f"Share answered from the documents: {answered}.")
    areas: Counter[str] = Counter()
    for each, times in source.counts:
        if each.event in by_kind:
            areas[each.area] += times
    if any(0 < each < FEWEST_SHOWN for each in (*counts, *areas.values())):
        yield Paragraph("Areas are not shown: a number that is held back could be worked out.")
        return
    yield TableOf(
        ("Area", "Questions"),
        tuple((each.capitalize() or NO_AREA, number(areas[each])) for each in sorted(areas)),
    )


def _ratings(source: ReportSource) -> Iterator[ReportBlock]:
    found = _counted(source, [event for event, _ in RATINGS])
    yield Heading("Whether it helped")
    yield TableOf(
        ("Rating", "Replies"), tuple((words, number(found[event])) for event, words in RATINGS)
    )
    helpful = share(found["helpful"], found.total())
    yield Paragraph(f"Share of the ratings that say it helped: {helpful}.")


def _themes(source: ReportSource) -> Iterator[ReportBlock]:
    """A question that a few people asked is not shown: its words may tell who they are."""
    yield Heading("What was asked and not answered")
    if not source.keeps_questions:
        yield Paragraph("Questions are not kept, so there are no themes.")
        return
    often = [each for each in source.groups if each.count >= FEWEST_SHOWN]
    yield TableOf(
        ("Typical question", "Times asked", "Ways it was put"),
        tuple(
            (each.typical, number(each.count), str(len(each.questions)))
            for each in often[:THEMES_SHOWN]
        ),
    )
    seldom = len(source.groups) - len(often[:THEMES_SHOWN])
    if seldom:
        themes = "1 other theme is" if seldom == 1 else f"{seldom:,} other themes are"
        yield Paragraph(f"{themes} not shown: they were asked less often, mostly {FEW} times.")


def _flows(source: ReportSource) -> Iterator[ReportBlock]:
    begun: Counter[str] = Counter()
    finished: Counter[str] = Counter()
    for each, times in source.counts:
        if each.event == "flow_begun":
            begun[each.flow] += times
        elif each.event == "flow_finished":
            finished[each.flow] += times
    used = sorted(begun | finished, key=lambda flow: (-begun[flow], flow))
    yield Heading("Decisions that were talked through")
    yield TableOf(
        ("Questions to work through", "Begun", "Finished"),
        tuple(
            (source.flows.get(each, each), number(begun[each]), number(finished[each]))
            for each in used
        ),
    )


def within(period: Period, editions: Iterable[Edition]) -> list[Edition]:
    """Those that were published in the period."""
    return [e for e in editions if e.day and period.since <= e.day <= period.until]


def _changes(source: ReportSource) -> Iterator[ReportBlock]:
    """In the words of those who read the answers."""
    yield Heading("What changed in what is quoted and said")
    yield TableOf(
        ("Since", "What", "What changed"),
        tuple(
            (day(edition.published_at.date()), each.called, " ".join(each.told))
            for edition, changed in source.changes
            for each in changed
            if each.told
        ),
    )
    others = sum(not any(each.told for each in changed) for _, changed in source.changes)
    if others:
        more = "1 more change is" if others == 1 else f"{others:,} more changes are"
        yield Paragraph(f"{more} only about how all this is looked after.")


def _overdue(source: ReportSource) -> Iterator[ReportBlock]:
    yield Heading("What is overdue for review")
    yield TableOf(
        ("Due", "What", "Which", "Owner"),
        tuple(
            (
                day(each.due) if each.due else "never looked at",
                KINDS[each.kind],
                each.title,
                each.owner or "nobody named",
            )
            for each in source.overdue
        ),
    )


def _counted(source: ReportSource, events: Sequence[Event]) -> Counter[Event]:
    found: Counter[Event] = Counter(dict.fromkeys(events, 0))
    for each, times in source.counts:
        if each.event in found:
            found[each.event] += times
    return found

"""The board sees numbers, and nobody in them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest

from bot.asked.contribution import Event, UsageEvent
from bot.asked.groups import AskedGroup
from bot.asked.report import (
    FEW,
    TOO_FEW,
    BoardReport,
    Period,
    ReportSource,
    TableOf,
    board_report,
    number,
    share,
    total,
    within,
)
from bot.asked.report_word import report_word
from bot.operations.difference import ContentDifference
from bot.operations.due import DueReview
from bot.record.contents import Heading, Paragraph
from knowledge.editions import Edition
from knowledge.editions.edition import SHIPPED
from tests.asked.test_groups import tally

DAY = date(2026, 11, 21)
PERIOD = Period(date(2026, 11, 1), date(2026, 11, 30))


def counted(event: Event, times: int, area: str = "", flow: str = "") -> tuple[UsageEvent, int]:
    return UsageEvent(DAY, area, "shipped", event, flow), times


def edition(month: int, day: int, summary: str) -> Edition:
    return Edition("0123456789ab", datetime(2026, month, day, tzinfo=UTC), "ann", "", summary)


SOURCE = ReportSource(
    partnership="Example Partnership",
    counts=[
        counted("answered", 90),
        counted("answered", 4, "solihull"),
        counted("not_found", 8),
        counted("out_of_scope", 3),
        counted("helpful", 12),
        counted("unhelpful", 4),
        counted("flow_begun", 9, flow="tell_parents"),
        counted("flow_finished", 2, flow="tell_parents"),
    ],
    groups=[
        AskedGroup("who is the lado", (tally("who is the lado", 6),)),
        AskedGroup("my mate asked this", (tally("my mate asked this", 4),)),
    ],
    keeps_questions=True,
    flows={"tell_parents": "Do I tell the parents?"},
    changes=[
        (
            edition(11, 20, "Took in document 005; Known gap: x"),
            [
                ContentDifference(
                    "005", "Missed Visits", ("New, with 9 passages.",), ("New: …", "More.")
                ),
                ContentDifference("", "evaluation.jsonl", ("Changed.",)),
            ],
        ),
        (edition(11, 19, "Signed document 003"), [ContentDifference("003", "Key", ("Noted.",))]),
    ],
    overdue=[DueReview("notice", "n", "An old notice", None, date(2026, 1, 1))],
)


def cells(report: BoardReport) -> list[tuple[str, ...]]:
    return [row for block in report.blocks if isinstance(block, TableOf) for row in block.rows]


def words(report: BoardReport) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "none"), (1, FEW), (4, FEW), (5, "5"), (1234, "1,234")]
)
def test_small_numbers_are_not_shown(count: int, shown: str) -> None:
    assert number(count) == shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [([10, 5], "15"), ([10, 3], "at least 10"), ([10, 0], "10"), ([2, 1], FEW), ([], "none")],
)
def test_a_total_does_not_tell_what_is_held_back(counts: Iterable[int], shown: str) -> None:
    assert total(counts) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(90, 100, "90%"), (97, 100, TOO_FEW), (4, 8, TOO_FEW), (8, 8, "100%")],
)
def test_a_share_does_not_tell_it_either(part: int, whole: int, shown: str) -> None:
    assert share(part, whole) == shown


def test_it_tells_how_much_and_what_about() -> None:
    report = board_report(PERIOD, SOURCE)
    rows = cells(report)
    assert ("Answered from the documents", "94") in rows
    assert ("Outside what the assistant is for", FEW) in rows
    assert ("All", "at least 102") in rows
    assert not [row for row in rows if "Solihull" in row]
    assert ("Do I tell the parents?", "9", FEW) in rows
    assert ("who is the lado", "6", "1") in rows
    assert ("20 November 2026", "Missed Visits", "New: … More.") in rows
    assert ("1 January 2026", "Notice beside quotations", "An old notice", "nobody named") in rows
    assert "1 more change is only about how all this is looked after." in words(report)
    for word in ("evaluation.jsonl", "0123456789ab", "Took in document", "Noted."):
        assert word not in repr(report)
    assert f"Share of the ratings that say it helped: {TOO_FEW}." in words(report)


def test_changes_are_those_of_the_period() -> None:
    shipped = Edition(SHIPPED, datetime(2026, 11, 20, tzinfo=UTC), "", "", "")
    inside, before = edition(11, 20, ""), edition(10, 1, "")
    assert within(PERIOD, [inside, before, shipped]) == [inside]


def test_areas_are_shown_where_nothing_is_held_back() -> None:
    counts = [counted("answered", 90), counted("answered", 5, "solihull")]
    rows = cells(board_report(PERIOD, replace(SOURCE, counts=counts)))
    assert ("Solihull", "5") in rows
    assert ("All", "95") in rows


def test_the_words_of_what_a_few_asked_are_not_shown() -> None:
    report = board_report(PERIOD, SOURCE)
    assert "my mate" not in repr(report)
    assert any(text.startswith("1 other theme") for text in words(report))
    off = board_report(PERIOD, replace(SOURCE, keeps_questions=False))
    assert "lado" not in repr(off)


def test_the_word_document_has_headings_page_numbers_and_its_language() -> None:
    report = board_report(PERIOD, SOURCE)
    at = datetime(2026, 12, 1, tzinfo=UTC)
    written = report_word(report, at)
    assert written == report_word(report, at)
    document = docx.Document(io.BytesIO(written))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [block.text for block in report.blocks if isinstance(block, Heading)]
    section = document.sections[0]
    assert section.page_width
    assert section.page_height
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "PAGE" in section.footer._element.xml
    assert document.core_properties.language == "en-GB"
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml
    rows = {tuple(c.text for c in row.cells) for t in document.tables for row in t.rows}
    assert ("who is the lado", "6", "1") in rows

"""The board sees numbers, and nobody in them; and what changed, each thing once."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx

from bot.asked.contribution import Event, UsageEvent
from bot.asked.groups import AskedGroup
from bot.asked.report import board_report
from bot.asked.report_blocks import BoardReport, Period
from bot.asked.report_source import ReportSource, within
from bot.asked.report_word import file_name, report_word
from bot.asked.shown import HELD_BACK, TOO_FEW
from bot.asked.store import AskedTally
from bot.operations.difference import Became, ContentDifference, Sort
from bot.operations.due import DueReview
from bot.operations.published_draft import MEANT
from bot.operations.signed_state import SignedState
from bot.record.blocks import Heading, Paragraph, Points, TableOf
from knowledge.editions import Edition
from knowledge.editions.edition import SHIPPED
from knowledge.signatures import Signature, SignOff

DAY = date(2026, 11, 21)
PERIOD = Period(date(2026, 11, 1), date(2026, 11, 30))


def counted(
    event: Event, times: int, area: str = "", flow: str = "", of: int = 0
) -> list[tuple[UsageEvent, int]]:
    """Once in each of so many conversations; with `of`, all the times in that many."""
    each, more = divmod(times, of or times)
    marks = [f"{event}{flow}{area}{n}" for n in range(of or times)]
    return [
        (UsageEvent(DAY, area, "shipped", event, flow, mark), each + (n < more))
        for n, mark in enumerate(marks)
    ]


def tally(text: str, count: int, conversations: int) -> AskedTally:
    marks = frozenset(f"{text}{n}" for n in range(conversations))
    return AskedTally(
        text, count, DAY, DAY, ("not_found",), ("",), ("shipped",), ("000.p1",), marks
    )


def group(*questions: AskedTally) -> AskedGroup:
    return AskedGroup(questions[0].text, questions)


def edition(
    month: int, day: int, summary: str = "", who: str = "Ann Lee", why: str = ""
) -> Edition:
    at = datetime(2026, month, day, tzinfo=UTC)
    return Edition(f"0123456789a{day:x}", at, who, why, summary)


def document(name: str, told: str, became: Became = "changed") -> ContentDifference:
    return ContentDifference(
        name,
        f"Document {name}",
        ("Said.",),
        (told,),
        f"documents/{name}" if became != "gone" else "",
        sort="document",
        became=became,
    )


SIGNED = SignOff(
    "signed", (Signature(by="Bo Roe", role="head of service", on=DAY, text_sha256="0" * 64),)
)
SOURCE = ReportSource(
    partnership="Example Partnership",
    today=date(2026, 12, 3),
    counts=[
        *counted("answered", 90),
        *counted("answered", 4, "solihull"),
        *counted("not_found", 8),
        *counted("out_of_scope", 70, of=3),
        *counted("helpful", 12),
        *counted("unhelpful", 4),
        *counted("flow_begun", 9, flow="tell_parents"),
        *counted("flow_finished", 20, flow="tell_parents", of=2),
    ],
    first_counted=date(2026, 6, 1),
    unanswered=[
        group(tally("who is the lado", 6, 5)),
        group(tally("my mate asked this", 9, 1)),
    ],
    unhelpful=[],
    questions_since=date(2026, 9, 4),
    flows={"tell_parents": "Do I tell the parents?"},
    places={"000.p1": "Principles, §1"},
    changes=[
        (
            edition(11, 20, "Took in document 005; Known gap: x", why="Ofsted asked for it."),
            [
                document("005", "New: Example Partnership, March 2026.", "new"),
                document("001", "Retired: it is no longer quoted.", "gone"),
                ContentDifference("", "evaluation.jsonl", ("Changed.",)),
            ],
        ),
        (edition(11, 19, "Signed document 003"), [ContentDifference("003", "Key", ("Noted.",))]),
    ],
    roles={"Ann Lee": "approver"},
    overdue=[DueReview("notice", "n", "An old notice", None, date(2026, 1, 1))],
    soon=[DueReview("contact", "c", "The duty team", "Bo Roe", date(2026, 12, 9))],
    signed=[
        SignedState("document", "documents/005", "Document 005", SIGNED),
        SignedState("notice", "notices/n", "An old notice", SignOff("missing", ())),
    ],
    places_open=0,
)


def cells(report: BoardReport) -> list[tuple[str, ...]]:
    return [row for block in report.blocks if isinstance(block, TableOf) for row in block.rows]


def words(report: BoardReport) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Paragraph)]


def glance(report: BoardReport) -> tuple[str, ...]:
    return next(block.items for block in report.blocks if isinstance(block, Points))


def test_it_tells_how_much_and_what_about() -> None:
    report = board_report(PERIOD, SOURCE)
    rows = cells(report)
    assert ("Answered from the documents", "94") in rows
    assert ("Outside what the assistant is for", HELD_BACK) in rows
    assert ("All", "at least 102") in rows
    assert not [row for row in rows if "Solihull" in row]
    assert ("Do I tell the parents?", "9", HELD_BACK) in rows
    assert ("“who is the lado”", "6", "5") in rows
    assert ("1 January 2026", "Notice beside quotations", "An old notice", "Nobody named") in rows
    assert ("9 December 2026", "Contact", "The duty team", "Bo Roe") in rows
    assert ("An old notice", "Nobody") in rows
    more = (
        "1 more publication was only about how all this is looked after: signatures, days, and the"
        " questions that lead to a passage."
    )
    assert more in words(report)
    for word in ("evaluation.jsonl", "0123456789a", "Took in document", "Noted.", "000.p1"):
        assert word not in repr(report.blocks)
    assert f"Share of the ratings that say it helped: {TOO_FEW}." in words(report)


def test_first_it_says_it_in_five_lines() -> None:
    lines = glance(board_report(PERIOD, SOURCE))
    assert lines == (
        "Questions asked: at least 102. Answered from the documents: 92%,"
        " leaving out what is held back.",
        "Replies that people rated: at least 12. Of these helped: too few to say.",
        "Themes that several asked and did not find: 1. Themes whose answers did not help: none.",
        "What changed: 1 document came in and 1 document retired.",
        "1 review is overdue, and 1 falls due in the next 30 days."
        " Documents and notices that nobody has signed as they stand: 1.",
    )


def test_a_change_says_why_by_whom_and_who_has_signed() -> None:
    rows = cells(board_report(PERIOD, SOURCE))
    assert (
        "Document 005",
        "20 November 2026: New: Example Partnership, March 2026.",
        "Ofsted asked for it.",
        "Ann Lee, approver",
        "Bo Roe, head of service, on 21 November 2026",
    ) in rows
    retired = next(row for row in rows if row[0] == "Document 001")
    assert retired[1] == "20 November 2026: Retired: it is no longer quoted."
    assert retired[4] == "Nobody needs to"


def test_what_changed_several_times_is_one_row_and_nothing_is_repeated() -> None:
    noted = "20 November 2026, 09:30 UTC, Ann Lee: Mended the cut of Document 005"
    changed = document("005", "1 passage with other words.")
    new = document("005", "New edition: “2”, in place of “1”.", "new_edition")
    changes = [
        (edition(11, 24, who="cy", why="Typing slips.\n\nTwo of them."), [changed]),
        (edition(11, 22, who="Ann Lee", why=f"Typing slips.\n\n{noted}"), [changed]),
        (edition(11, 20, who="Ann Lee", why=noted), [new]),
    ]
    report = board_report(PERIOD, replace(SOURCE, changes=changes))
    (row,) = (row for row in cells(report) if row[0] == "Document 005")
    assert row[1:4] == (
        "20 November 2026: New edition: “2”, in place of “1”.\n"
        "22 November 2026 and 24 November 2026: 1 passage with other words.",
        "No reason was given.\nTyping slips.\nTyping slips.\n\nTwo of them.",
        "Ann Lee, approver\ncy, role not known",
    )
    assert "What changed: 1 document got a new edition." in glance(report)


def walk(name: str, sort: Sort, told: str) -> ContentDifference:
    return ContentDifference("", f"Decision: {name}", (told,), (told,), sort=sort)


def test_what_is_said_of_several_in_the_same_words_is_said_once() -> None:
    one, rests = "What it asks or advises has changed.", "What it rests on has changed."
    changed = [
        walk("a", "walk", one),
        *(walk(each, "rests", rests) for each in "bcd"),
        document("005", "Other words: §1."),
        document("006", "Other words: §1."),
    ]
    noted = "No reason was given.", "Ann Lee, approver"
    report = board_report(PERIOD, replace(SOURCE, changes=[(edition(11, 20), changed)], signed=[]))
    rows = cells(report)
    assert ("Decision: a", f"20 November 2026: {one}", *noted) in rows
    names = "Decision: b\nDecision: c\nDecision: d"
    assert (names, f"20 November 2026: {rests}", *noted) in rows
    documents = next(row for row in rows if row[0] == "Document 005\nDocument 006")
    assert documents[1] == "20 November 2026: Other words: §1."
    assert glance(report)[3] == (
        "What changed: 2 documents corrected and 1 decision or lesson changed. 3 decisions, lessons"
        " or other texts changed only in what is cited there, or in a date."
    )
    unsigned = [SignedState("notice", f"notices/{n}", n, SignOff("missing", ())) for n in "xy"]
    rows = cells(board_report(PERIOD, replace(SOURCE, signed=unsigned)))
    assert ("x\ny", "Nobody") in rows


def test_a_document_that_came_back_did_not_come_in() -> None:
    back = document("005", "It is quoted again: Example Partnership.", "back")
    report = board_report(PERIOD, replace(SOURCE, changes=[(edition(11, 20), [back])]))
    assert "What changed: 1 document came back." in glance(report)


def test_going_back_is_told_as_that() -> None:
    back = edition(11, 22, "Back to edition 0123456789a1 of 1 November 2026: x", why="A mistake.")
    source = replace(SOURCE, changes=[(back, [document("005", "1 passage new.")])])
    rows = cells(board_report(PERIOD, source))
    told = "22 November 2026: 1 passage new. This went back to an earlier state."
    assert [row[1] for row in rows if row[0] == "Document 005"] == [told]


def test_it_says_which_places_wait_and_which_answers_went_out_although_worse() -> None:
    untold = " ".join(words(board_report(PERIOD, SOURCE)))
    assert "to look at" not in untold
    assert "worse" not in untold
    why = f"Why.\n\n{MEANT}\nWhat is x?\n  Written for y."
    worse = [(edition(11, 20, why=why), [document("005", "1 passage new.")])]
    one = words(board_report(PERIOD, replace(SOURCE, places_open=1, changes=worse)))
    assert "1 answer was published in this period although it was worse than before." in " ".join(
        one
    )
    assert any(text.startswith("1 place waits for somebody to look at it") for text in one)
    several = board_report(PERIOD, replace(SOURCE, places_open=3, changes=worse * 2))
    assert any(
        text.startswith("3 places wait for somebody to look at them") for text in words(several)
    )
    assert "2 answers were published in this period although they were worse" in repr(several)
    heads = [b.text for b in several.blocks if isinstance(b, Heading | Paragraph)]
    written = report_word(several, datetime(2026, 12, 1, tzinfo=UTC))
    paragraphs = [p.text for p in docx.Document(io.BytesIO(written)).paragraphs]
    assert set(heads) <= set(paragraphs)


def test_changes_are_those_of_the_period() -> None:
    shipped = Edition(SHIPPED, datetime(2026, 11, 20, tzinfo=UTC), "", "", "")
    inside, before = edition(11, 20), edition(10, 1)
    assert within(PERIOD, [inside, before, shipped]) == [inside]


def test_areas_are_shown_where_nothing_is_held_back() -> None:
    counts = [*counted("answered", 90), *counted("answered", 5, "solihull")]
    rows = cells(board_report(PERIOD, replace(SOURCE, counts=counts)))
    assert ("Solihull", "5") in rows
    assert ("All", "95") in rows
    one_person = [*counted("answered", 90), *counted("answered", 50, "solihull", of=1)]
    assert "Solihull" not in repr(board_report(PERIOD, replace(SOURCE, counts=one_person)))


def test_the_words_of_what_a_few_asked_are_not_shown_however_often_they_did() -> None:
    report = board_report(PERIOD, SOURCE)
    assert "my mate" not in repr(report)
    assert any(text.startswith("1 other theme is not shown") for text in words(report))
    off = board_report(PERIOD, replace(SOURCE, questions_since=None))
    assert "lado" not in repr(off)
    assert "Questions are not kept" in repr(off)


def test_a_theme_that_nobody_puts_alike_is_named_by_what_is_nearest() -> None:
    ways = [tally(f"my mate {n} asked this", 1, 1) for n in range(6)]
    report = board_report(PERIOD, replace(SOURCE, unanswered=[group(*ways)]))
    assert "my mate" not in repr(report)
    assert ("Put in many ways. Nearest to it: Principles, §1", "6", "6") in cells(report)


def test_what_is_not_known_is_said_to_be_so() -> None:
    long = Period(date(2026, 1, 1), date(2026, 12, 31))
    said = words(board_report(long, SOURCE))
    assert "Counting began on 1 June 2026. What was asked before is not known." in said
    assert "The period is not over. This is how it stood on 3 December 2026." in said
    kept = "Questions from before 4 September 2026 are no longer kept: what was asked is not known."
    assert kept in said
    assert kept not in words(board_report(PERIOD, SOURCE))
    empty = replace(SOURCE, counts=[], first_counted=None, changes=[])
    report = board_report(PERIOD, empty)
    assert "Nothing has been counted yet." in words(report)
    assert glance(report)[0] == "Questions asked: none. Answered from the documents: not known."
    assert glance(report)[3] == "What changed: Nothing changed in what is quoted and said."


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
    assert all(field in section.footer._element.xml for field in ("PAGE", "NUMPAGES"))
    about = document.core_properties
    assert (about.language, about.comments) == ("en-GB", "")
    assert about.title == f"{report.title}, 1 November 2026 to 30 November 2026"
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml
    for table in document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows[1:])
    rows = {tuple(c.text for c in row.cells) for t in document.tables for row in t.rows}
    assert ("“who is the lado”", "6", "5") in rows
    assert file_name(report) == "Report for the board 2026-11-01 to 2026-11-30.docx"

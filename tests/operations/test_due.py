from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from bot.container import Content
from bot.content.data_files import DataFiles
from bot.operations.citations import CitationGraph
from bot.operations.due import DueReview, due, reviews
from bot.operations.due_calendar import calendar
from knowledge.editions.contents import copy_content
from knowledge.library import FOLDER, Library
from knowledge.revision.open_places import with_assigned, with_opened
from knowledge.revision.review import Acceptance, Assignment, Review, write_review
from knowledge.revision.sign_off import with_signature
from tests.shipped import DATA, LIBRARY

CONTENT = Content.parsed(DataFiles(DATA))
FAR, NEAR = date(2030, 1, 1), date(2020, 1, 1)


def with_review(library: Library, day: date) -> Library:
    documents = dict(library.documents)
    documents["000"] = replace(documents["000"], owner="Bo Example", review_on=day)
    return Library(documents, library.passages, library.notices)


def test_what_is_due_first_comes_first_and_says_whose_it_is() -> None:
    found = reviews(with_review(LIBRARY, NEAR), CONTENT)
    days = [each.due or date.min for each in found]
    assert days == sorted(days)
    document = next(each for each in found if each.kind == "document")
    assert (document.id, document.owner, document.due) == ("000", "Bo Example", NEAR)
    assert document.is_overdue(NEAR + timedelta(days=1))
    assert not document.is_overdue(NEAR)
    notices = [each for each in found if each.kind == "notice"]
    assert len(notices) == len(LIBRARY.notices.records)
    assert {each.kind for each in found} == {"notice", "document", "contact"}
    assert any(each.note == "It is still an example." for each in found)


def test_a_flow_and_a_module_have_a_day_if_one_is_written() -> None:
    flow = replace(CONTENT.flows["tell_parents"], owner="Ann", review_by=FAR)
    file = CONTENT.modules[0]
    module = file.module.model_copy(update={"review_by": NEAR})
    flows = replace(CONTENT.flows, flows={**CONTENT.flows.flows, "tell_parents": flow})
    content = replace(CONTENT, flows=flows, modules=(replace(file, module=module),))
    found = {(each.kind, each.id): each for each in reviews(LIBRARY, content)}
    assert found["flow", "tell_parents"].owner == "Ann"
    assert found["module", module.id].due == NEAR


AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
MANAGE = "https://example.org/manage"


def events_of(found: list[DueReview], manage: str = MANAGE) -> dict[str, Event]:
    """By what they say."""
    written = calendar(found, AT, AT.date(), "Example Partnership", manage)
    feed = Calendar.from_ical(written)
    return {str(each["summary"]): each for each in feed.events}


def test_the_calendar_has_a_whole_day_for_each_that_keeps_nobody_busy() -> None:
    found = reviews(with_review(LIBRARY, NEAR), CONTENT)
    events = events_of(found)
    assert len(events) == sum(each.due is not None for each in found) + 1
    event = events[f"Review the document: {LIBRARY.documents['000'].title}"]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (NEAR, NEAR + timedelta(days=1))
    assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
    assert event.decoded("dtstamp") == AT
    assert event["transp"] == "TRANSPARENT"
    told = str(event["description"])
    assert "Bo Example" in told
    assert "https://example.org/manage/documents/000" in told


def test_what_is_overdue_stands_on_today_in_one_entry_too() -> None:
    never = DueReview("contact", "c", "The duty team", None, None)
    late = DueReview("notice", "n", "An old notice", None, NEAR)
    events = events_of([never, late, DueReview("flow", "f", "Do I tell them?", None, FAR)])
    assert set(events) == {
        "Review the notice: An old notice",
        "Review the decision to talk through: Do I tell them?",
        "2 reviews are overdue",
    }
    event = events["2 reviews are overdue"]
    assert event.decoded("dtstart") == AT.date()
    assert "The duty team" in str(event["description"])
    assert "overdue" not in repr(set(events_of([DueReview("flow", "f", "Far", None, FAR)])))


def test_an_entry_is_the_same_each_time_and_another_in_another_partnership() -> None:
    found = [DueReview("notice", "n", "A notice", None, NEAR)]
    one, again, other = (
        {str(each["uid"]) for each in events_of(found, manage).values()}
        for manage in (MANAGE, MANAGE, "https://example.com/manage")
    )
    assert one == again
    assert not one & other


def test_every_line_of_the_calendar_is_as_long_as_may_be_and_ends_as_it_must() -> None:
    found = [DueReview("notice", "n", "“Ä, ö; ü”\\" * 30, None, NEAR)]
    written = calendar(found, AT, AT.date(), "Example Partnership", MANAGE)
    assert written.count(b"\n") == written.count(b"\r\n")
    assert max(map(len, written.split(b"\r\n"))) <= 75
    for line in (b"METHOD:PUBLISH", b"REFRESH-INTERVAL;VALUE=DURATION:PT12H", b"VERSION:2.0"):
        assert line in written.split(b"\r\n")
    (event, _) = Calendar.from_ical(written).walk("VEVENT")
    assert str(event["summary"]) == f"Review the notice: {found[0].title}"


def test_practitioners_read_that_a_document_is_overdue() -> None:
    (first, *_) = with_review(LIBRARY, NEAR).quote("000.p1").notices
    assert (first.id, first.kind) == ("review-000", "superseded")
    assert "It was due for review on 1 January 2020." in first.text
    assert with_review(LIBRARY, FAR).quote("000.p1") == LIBRARY.quote("000.p1")


def test_what_is_due_has_signatures_and_open_places_beside_the_days(tmp_path: Path) -> None:
    copy_content(FOLDER, tmp_path)
    found = due(LIBRARY, CONTENT, tmp_path, DATA)
    assert found.reviews == tuple(reviews(LIBRARY, CONTENT))
    assert {each.document.id for each in found.unsigned} == set(LIBRARY.documents)
    assert found.places == ()
    document = LIBRARY.documents["000"]
    decision = Acceptance(by="Bo Example", role="policy officer", on=NEAR)
    review = with_signature(Review(), document, decision)
    (citation, *_) = CitationGraph.read(tmp_path, DATA).of("000.p1")
    sums = {"000.p1": "0" * 64}
    write_review(tmp_path, "000", with_opened(review, [citation], sums))
    found = due(LIBRARY, CONTENT, tmp_path, DATA)
    assert "000" not in {each.document.id for each in found.unsigned}
    assert [each.place.citation.key for each in found.places] == [citation.key]
    assert found.places_of({"Bo Example"}) == 0
    given = Assignment(to="bo  example", by="Ann", on=NEAR)
    write_review(tmp_path, "000", with_assigned(review, [citation], sums, given))
    found = due(LIBRARY, CONTENT, tmp_path, DATA)
    assert (found.places_of({"Bo Example", "bo"}), found.places_of({"Bo"})) == (1, 0)
    assert found.overdue(FAR) == tuple(each for each in found.reviews if each.is_overdue(FAR))

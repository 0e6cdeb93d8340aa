from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bot.operations.citations import CitationGraph
from bot.operations.due import SOON, due
from knowledge.documents import read_stored
from knowledge.library import FOLDER
from knowledge.revision.open_places import sums_of, with_opened
from knowledge.revision.review import Acceptance, Review, write_review
from knowledge.revision.sign_off import with_signature
from tests.shipped import DATA, LIBRARY

FIRST = min(record.review_by for record in LIBRARY.notices.records)


def test_notices_are_named_a_month_before_they_are_overdue() -> None:
    early = due(FOLDER, DATA, FIRST - SOON - timedelta(days=1))
    assert (early.soon, early.overdue) == ((), ())
    assert due(FOLDER, DATA, FIRST - SOON).soon
    assert due(FOLDER, DATA, FIRST).overdue == ()
    assert due(FOLDER, DATA, FIRST + timedelta(days=1)).overdue


def test_documents_that_nobody_has_signed_and_open_places_are_named(content: Path) -> None:
    stored = read_stored(content, "003")
    (place, *_) = CitationGraph.read(content, DATA).of("003.2.3.4")
    review = with_opened(Review(), [place], sums_of(stored))
    decision = Acceptance(by="ann", role="lead", on=date(2026, 11, 30))
    write_review(content, "003", with_signature(review, stored.document, decision))
    found = due(content, DATA, FIRST)
    assert [each.document.id for each in found.unsigned] == ["000", "001", "002", "004"]
    assert [(each.document_id, each.place.citation.key) for each in found.places] == [
        ("003", place.key)
    ]

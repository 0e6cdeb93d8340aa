from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.operations.citation_edits import cite_instead
from bot.operations.citations import CitationGraph
from bot.operations.notice_edits import (
    add_notice,
    change_notice,
    mark_notice_needs_two,
    notice_of,
    sign_notice,
    take_out_notice,
)
from knowledge.errors import ContentError
from knowledge.notices import FILE, NoticeRecord, read_records
from knowledge.revision.review import Acceptance
from tests.shipped import DATA

NEW = NoticeRecord(
    id="missed-visits",
    passages=("000.p1", "000.p2"),
    kind="superseded",
    text="Since January 2027 the partnership asks you to go back within one working day: yes, one."
    " Check with your safeguarding lead, or with whoever is on duty in the front door.",
    certainty="B",
    owner="policy officer",
    checked_on=date(2026, 11, 28),
    review_by=date(2027, 11, 28),
)
ANN = Acceptance(by="Ann", role="policy officer", on=date(2026, 11, 30))
BO = Acceptance(by="Bo", role="safeguarding lead", on=date(2026, 11, 30))


def lines(content: Path) -> list[str]:
    return (content / FILE).read_text("utf-8").splitlines()


def test_a_notice_is_added_as_the_last_in_the_layout_of_the_file(content: Path) -> None:
    before = lines(content)
    add_notice(content, NEW)
    after = lines(content)
    assert after[: len(before)] == before
    assert '    passages: ["000.p1", "000.p2"]' in after[len(before) :]
    assert "    text: >-" in after[len(before) :]
    assert all(len(line) <= 100 for line in after[len(before) :])
    assert read_records(content)[-1] == NEW
    with pytest.raises(ContentError, match="a notice of this name already"):
        add_notice(content, NEW)


def test_a_change_touches_its_own_lines_and_no_others(content: Path) -> None:
    before, old = lines(content), notice_of(content, "duplicate-fragment")
    change_notice(content, old.model_copy(update={"review_by": date(2028, 1, 1)}))
    changed = [(a, b) for a, b in zip(before, lines(content), strict=True) if a != b]
    assert changed == [("    review_by: 2027-05-21", "    review_by: 2028-01-01")]
    whole = old.model_copy(update={"passages": (), "documents": ("004",)})
    change_notice(content, whole)
    assert notice_of(content, old.id) == whole
    assert '    documents: ["004"]' in lines(content)


def test_a_name_in_the_file_goes_where_what_was_signed_changes(content: Path) -> None:
    (content / FILE).write_text(
        (content / FILE).read_text("utf-8").replace("signed_off_by: null", "signed_off_by: Ann"),
        "utf-8",
    )
    old = notice_of(content, "boards-replaced")
    change_notice(content, old.model_copy(update={"owner": "legal team"}))
    assert notice_of(content, old.id).signed_by == "Ann"
    change_notice(content, old.model_copy(update={"text": "Another wording."}))
    assert notice_of(content, old.id).signed_by is None
    assert notice_of(content, "dated-term").signed_by == "Ann"


def test_two_people_sign_what_they_saw(content: Path) -> None:
    name = "boards-replaced"
    mark_notice_needs_two(content, name, needs_two=True)
    seen = notice_of(content, name).sha256
    sign_notice(content, name, seen, ANN)
    with pytest.raises(ContentError, match="Ann has signed this text already; it needs a second"):
        sign_notice(content, name, seen, ANN)
    with pytest.raises(ContentError, match="changed since you looked at it"):
        sign_notice(content, name, "0" * 64, BO)
    sign_notice(content, name, seen, BO)
    assert notice_of(content, name).signed_by == "Ann, policy officer and Bo, safeguarding lead"
    mark_notice_needs_two(content, name, needs_two=False)
    assert "    needs_two: true" not in lines(content)


def test_another_passage_in_its_place_asks_for_a_new_signature(content: Path) -> None:
    name = "boards-replaced"
    sign_notice(content, name, notice_of(content, name).sha256, ANN)
    graph = CitationGraph.read(content, DATA)
    cite_instead(graph, {f"notice/{name}"}, "001.EO.p2", "000.p1")
    assert notice_of(content, name).sign_off.kind == "reopened"


def test_what_is_taken_out_is_gone_and_cannot_be_changed(content: Path) -> None:
    old = notice_of(content, "boards-replaced")
    take_out_notice(content, old.id)
    assert old.id not in {each.id for each in read_records(content)}
    acts: list[Callable[[], None]] = [
        lambda: take_out_notice(content, old.id),
        lambda: change_notice(content, old),
        lambda: sign_notice(content, old.id, old.sha256, ANN),
        lambda: mark_notice_needs_two(content, old.id, needs_two=True),
    ]
    for act in acts:
        with pytest.raises(ContentError, match="there is no such notice any more"):
            act()

"""Which questions are asked of both sides for one document that the draft changes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from bot.operations.compared_document import ComparedDocument
from bot.operations.replay import asked_about
from knowledge.importing import ProposedPassage
from knowledge.revision import PassageChange
from tests.operations.replay.scripted import Scripted
from tests.shipped import LIBRARY

CHANGED, REMOVED, SAME = [each for each in LIBRARY.order if each.startswith("003.")][:3]
NEAR = LIBRARY.order[0]
OLD = {
    CHANGED: ("of what has changed", "asked twice"),
    REMOVED: ("of what is gone",),
    SAME: ("of the rest", "asked twice"),
    NEAR: tuple(f"near {number}" for number in range(9)),
}
NEW = {CHANGED: ("of what has changed", "written anew"), SAME: ("of the rest",)}


def document(*changes: PassageChange, is_new: bool = False) -> ComparedDocument:
    return cast(ComparedDocument, SimpleNamespace(id="003", changes=changes, is_new=is_new))


def test_the_nearest_to_what_has_changed_come_first_and_each_once() -> None:
    passages = LIBRARY.passages
    changes = (
        PassageChange("same", passages[SAME], None, SAME),
        PassageChange("changed", passages[CHANGED], None, CHANGED),
        PassageChange("removed", passages[REMOVED], None, REMOVED),
    )
    live, draft = Scripted({}, written=OLD), Scripted({}, written=NEW)
    found = asked_about(live, draft, document(*changes))
    assert [each.text for each in found.asked] == [
        *("of what has changed", "asked twice", "written anew", "of what is gone"),
        *(f"near {number}" for number in range(5)),
        "of the rest",
    ]
    assert found.asked[3].answered_by == (REMOVED,)
    assert (found.there_are, found.left_out) == (10, 0)
    few = asked_about(live, draft, document(*changes), most=2)
    assert [each.text for each in few.asked] == ["of what has changed", "asked twice"]
    assert few.there_are == 10


def test_where_only_the_rest_of_a_document_is_there_it_is_asked() -> None:
    live, draft = Scripted({}, written=OLD), Scripted({}, written=NEW)
    found = asked_about(live, draft, document())
    assert {each.text for each in found.asked} == {
        *("of what has changed", "asked twice", "of what is gone", "of the rest", "written anew")
    }


def test_what_is_near_a_new_document_is_asked() -> None:
    change = PassageChange("same", LIBRARY.passages[SAME], None, SAME)
    live, draft = Scripted({}, written=OLD), Scripted({}, written=NEW)
    found = asked_about(live, draft, document(change, is_new=True))
    assert "near 0" in {each.text for each in found.asked}


GAPS = {"money": ("who pays", "what is paid"), "cars": ("may I drive",)}
LIKENESS = {"may I drive": 0.9, "who pays": 0.5, "what is paid": 0.7}


def sides(written: dict[str, tuple[str, ...]]) -> tuple[Scripted, Scripted]:
    live, draft = (Scripted({}, written=written, gaps=GAPS) for _ in range(2))
    draft.likeness = LIKENESS
    return live, draft


def quoted_anew(passage_id: str) -> PassageChange:
    passage = LIBRARY.passages[passage_id]
    return PassageChange("changed", passage, cast(ProposedPassage, passage), passage_id)


def test_of_a_new_document_what_nothing_answered_is_asked_before_what_is_pinned() -> None:
    new = document(quoted_anew(SAME), is_new=True)
    live, draft = sides(OLD)
    found = asked_about(live, draft, new, most=3)
    assert [each.text for each in found.asked] == ["may I drive", "what is paid", "who pays"]
    assert {each.kind for each in found.asked} == {"gap"}
    every = asked_about(live, draft, new)
    assert len(every.asked) == every.there_are
    assert {"near 0", "may I drive"} <= {each.text for each in every.asked}


def test_of_a_changed_document_half_is_what_nothing_answered() -> None:
    live, draft = sides({CHANGED: tuple(f"written {number}" for number in range(9))})
    found = asked_about(live, draft, document(quoted_anew(CHANGED)), most=4)
    assert [each.text for each in found.asked] == [
        *("written 0", "written 1", "may I drive", "what is paid")
    ]
    assert found.there_are == 12
    few = asked_about(*sides({CHANGED: ("written",)}), document(quoted_anew(CHANGED)), most=4)
    assert len(few.asked) == 4


def test_where_passages_only_go_nothing_new_can_answer() -> None:
    live, draft = sides(OLD)
    gone = PassageChange("removed", LIBRARY.passages[REMOVED], None, REMOVED)
    found = asked_about(live, draft, document(gone))
    assert {each.kind for each in found.asked} == {"written"}

"""Which replies count as worse, and which changes are only told."""

from __future__ import annotations

import pytest

from bot.operations.replay import Comparison, asked_of, compared
from bot.operations.replay.comparison import Kept
from bot.operations.replay.questions import AskedQuestions, written_for
from knowledge.evaluation_set import OwnQuestion
from knowledge.gold import Gold
from tests.operations.replay.scripted import Scripted, with_passage
from tests.shipped import LIBRARY, RELATIONS

THE_SAME = {each for group in RELATIONS.same for each in group}
ONE, TWO, THREE, FOUR = [each for each in LIBRARY.order if each not in THE_SAME][5:85:20]
Q = "what is it"
NEW = "005.new"
ADDED = with_passage(NEW, "Words that no document had before.")


def written(before: str, after: str) -> Comparison:
    asked = {ONE: (Q,)}
    live, draft = (Scripted({Q: reply}, written=asked) for reply in (before, after))
    return compared(live, draft, asked_of(live, draft, []))


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        (ONE, ONE, False),
        (f"{ONE} {TWO}", f"{ONE} {THREE}", False),
        (ONE, f"{TWO} {ONE}", True),
        (f"{TWO} {ONE}", f"{TWO} {THREE} {ONE}", False),
        (f"{TWO} {ONE}", f"{TWO} {THREE}", True),
        (f"{TWO} {ONE}", f"{TWO} {THREE} {FOUR} {ONE}", True),
        (TWO, "", False),
        (TWO, ONE, False),
        (ONE, f"?{ONE}", True),
        (f"?{ONE}", f"?{ONE}", False),
        (f"?{ONE}", f"?{TWO}", True),
    ],
)
def test_a_written_question_still_leads_to_its_passage(
    before: str, after: str, worse: bool
) -> None:
    found = written(before, after)
    assert bool(found.regressions) == worse
    assert found.told == ()


def gap(before: str, after: str) -> Comparison:
    live = Scripted({Q: before}, gaps={"bruises": (Q,)})
    draft = Scripted({Q: after}, gaps={"bruises": (Q,)}, library=ADDED)
    return compared(live, draft, asked_of(live, draft, []))


@pytest.mark.parametrize(
    ("before", "after", "worse", "told"),
    [
        ("", "", False, False),
        ("", f"?{ONE}", False, False),
        ("", ONE, True, False),
        (f"?{ONE}", ONE, True, False),
        (ONE, TWO, False, False),
        ("", NEW, False, True),
        ("", f"{ONE} {NEW}", True, False),
    ],
)
def test_a_gap_is_not_claimed_but_by_a_passage_that_the_draft_adds(
    before: str, after: str, worse: bool, told: bool
) -> None:
    found = gap(before, after)
    citation = ADDED.citation(NEW)
    called = f"{citation.reference} of {citation.title}"
    assert bool(found.regressions) == worse
    assert found.told == (
        (f"The gap “about bruises” is now answered by {called}: “{Q}”",) if told else ()
    )


def test_a_passage_that_is_only_cut_anew_is_none_that_the_draft_adds() -> None:
    text = LIBRARY.passages["001.LC"].text
    live = Scripted({}, gaps={"bruises": (Q,)})
    recut = with_passage("001.part", text[: len(text) // 2])
    draft = Scripted({Q: "001.part"}, gaps={"bruises": (Q,)}, library=recut)
    assert compared(live, draft, asked_of(live, draft, [])).regressions


def test_a_regression_says_what_was_and_what_would_be() -> None:
    (found,) = gap("", f"{ONE} {TWO}").regressions
    assert str(found) == (
        f"{Q}\n  The gap “about bruises” is not answered by the documents."
        f" Before: not covered. With the draft: answered by {ONE}, {TWO}."
    )
    (other,) = gap("", ONE).regressions
    assert found.id != other.id


@pytest.mark.parametrize(
    ("line", "before", "after", "worse", "better"),
    [
        (OwnQuestion(q=Q, kind="answer", passages=(ONE,)), ONE, f"{TWO} {ONE}", False, False),
        (OwnQuestion(q=Q, kind="answer", passages=(ONE,)), ONE, TWO, True, False),
        (OwnQuestion(q=Q, kind="answer", passages=(ONE,)), "", f"?{ONE}", False, True),
        (
            OwnQuestion(
                q=Q, kind="answer", gold=(Gold(doc="000", quote=LIBRARY.passages["000.p1"].text),)
            ),
            *("000.p1", "000.p2", True, False),
        ),
        (OwnQuestion(q=Q, kind="abstain"), "", NEW, True, False),
        (OwnQuestion(q=Q, kind="abstain"), "", f"?{ONE}", False, False),
        (OwnQuestion(q=Q, kind="out_of_scope"), "", f"?{ONE}", True, False),
        (OwnQuestion(q=Q, kind="out_of_scope"), ONE, "", False, True),
    ],
)
def test_own_questions_are_judged_before_and_after(
    line: OwnQuestion, before: str, after: str, worse: bool, better: bool
) -> None:
    live, draft = Scripted({Q: before}), Scripted({Q: after}, library=ADDED)
    found = compared(live, draft, asked_of(live, draft, [line]))
    assert (bool(found.regressions), bool(found.told)) == (worse, better)


def test_what_the_live_edition_replied_is_not_asked_again_and_progress_is_told() -> None:
    asked = {ONE: ("one", "two")}
    live, draft = (Scripted({"one": ONE, "two": ONE}, written=asked) for _ in range(2))
    kept: Kept = {}
    told: list[tuple[int, int]] = []
    for _ in range(2):
        found = compared(
            live,
            draft,
            asked_of(live, draft, []),
            kept=kept,
            progress=lambda done, of: told.append((done, of)),
        )
    assert live.asked == ["one", "two"]
    assert draft.asked == ["one", "two"] * 2
    assert told == [(1, 2), (2, 2)] * 2
    assert found.counted == "2 questions were asked of both."


LIST = "Ask the child what they think; and"


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        (ONE, ONE, None),
        (ONE, f"?{ONE}", "verdict"),
        ("", ONE, "verdict"),
        (ONE, "", "verdict"),
        ("", "", None),
        (f"{ONE} {TWO}", TWO, "lost"),
        (f"{ONE} {FOUR}", f"{FOUR} {ONE}", "document"),
        ("000.p1 000.p2", "000.p2 000.p1", "order"),
        (f"{ONE} {TWO} {THREE}", f"{ONE} {THREE} {TWO}", "order"),
        (f"{ONE} {TWO}", f"{ONE} {THREE}", "further"),
        (ONE, f"{ONE} {TWO}", "further"),
    ],
)
def test_how_a_reply_is_otherwise(before: str, after: str, how: str | None) -> None:
    assert FOUR.partition(".")[0] != ONE.partition(".")[0]
    found = written(before, after).changed
    assert [each.otherwise for each in found] == ([how] if how else [])


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Ask the child what they think.", None),
        ("Ask the child what they think; or", None),
        ("Ask each child what they think; and", "words"),
    ],
)
def test_what_only_joins_an_item_to_the_next_is_no_other_word(text: str, how: str | None) -> None:
    asked = {NEW: (Q,)}
    live = Scripted({Q: NEW}, written=asked, library=with_passage(NEW, LIST))
    draft = Scripted({Q: NEW}, written=asked, library=with_passage(NEW, text))
    found = compared(live, draft, AskedQuestions((written_for(live, NEW, Q),), 1, 0))
    assert [each.otherwise for each in found.changed] == ([how] if how else [])

"""A question that is written for a passage is answered by it, one that is written for a gap is that
gap, and no other question changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.settings import HOME, Settings
from knowledge import Knowledge
from knowledge.written import NOBODY, in_words

EVAL = HOME / "tests" / "eval" / "questions.jsonl"
EVERY = 40
"""Of 3,156 written questions every so manieth is asked: some of them were not first before."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.open(Settings.read().state_dir)


def test_words_are_the_same_whatever_the_capitals_accents_and_marks() -> None:
    assert in_words("Who’s the  LADO?!") == in_words("whos the lado")
    assert in_words("?!") == ""


@pytest.mark.encoder
def test_a_written_question_is_answered_by_its_passage(knowledge: Knowledge) -> None:
    written: dict[str, set[str]] = {}
    for passage, questions in knowledge.questions.answered.items():
        for question in questions:
            written.setdefault(in_words(question), set()).add(passage)
    asked = [q for questions in knowledge.questions.answered.values() for q in questions][::EVERY]
    asked += ["consent unless risk of significant harm", "unconcious bias training, why"]
    for question in asked:
        typed = f" {question.upper()} ?"
        found = knowledge.search(typed, 1)
        assert found.hits[0].passage_id in written[in_words(question)], question
        assert (found.verdict, found.confidence) == ("answerable", "answers")
        assert found.gap is None


@pytest.mark.encoder
def test_a_question_of_a_gap_is_that_gap(knowledge: Knowledge) -> None:
    """Some of these were claimed to be answered, or shown with the nearest passages."""
    asked = [(gap.id, q) for gap in knowledge.questions.gaps.values() for q in gap.questions]
    for gap, question in asked[::EVERY]:
        found = knowledge.search(f" {question.upper()} ?", 1)
        assert (found.verdict, found.gap and found.gap.id) == ("not_in_sources", gap), question
        answer = knowledge.answer(question)
        assert answer.quotes == ()
        assert answer.gap == found.gap


@pytest.mark.encoder
def test_a_gap_wins_in_its_own_words_beside_whatever_is_found(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that is written today does, beside a passage that seems to answer."""
    question = "do we need an interpreter for mum"
    before = knowledge.answer(question)
    assert before.quotes
    gap = knowledge.searching.scorer.corpus.gap_ids.index("private_fostering")
    monkeypatch.setattr(knowledge.searching, "_written_for_gaps", lambda _: [gap])
    answer = knowledge.answer(question)
    assert (answer.verdict, answer.quotes) == ("not_in_sources", ())
    assert answer.gap == knowledge.questions.gaps["private_fostering"].gap
    assert knowledge.answer(question, in_other_words=True) == before
    written = knowledge.questions.answered["000.p1"][0]
    assert knowledge.answer(written).quotes


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("imported_on", "added_on", "is_gap"),
    [
        (None, None, True),
        (date(2026, 11, 2), None, False),
        (date(2026, 11, 2), date(2026, 11, 1), False),
        (date(2026, 11, 2), date(2026, 11, 2), True),
    ],
)
def test_a_gap_yields_to_a_document_that_was_imported_after_it_and_answers(
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
    imported_on: date | None,
    added_on: date | None,
    is_gap: bool,
) -> None:
    question, searching = "can dad interpret for mum", knowledge.searching
    assert knowledge.search(question, 1).confidence == "answers"
    gap = "private_fostering"
    known = {**searching._gaps, gap: replace(searching._gaps[gap], added_on=added_on)}
    monkeypatch.setattr(searching, "_gaps", known)
    monkeypatch.setattr(searching, "_imported_on", [imported_on] * len(knowledge.library.order))
    number = searching.scorer.corpus.gap_ids.index(gap)
    monkeypatch.setattr(searching, "_written_for_gaps", lambda _: [number])
    found = knowledge.search(question, 1)
    assert found.is_written is is_gap
    assert (found.gap is not None) is is_gap


@pytest.mark.encoder
def test_a_new_passage_that_is_nearest_stands_beside_a_gap_as_related(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = knowledge.questions.gaps["core_groups"].questions[0]
    nearest = knowledge.search(question, 1).hits[0].passage_id
    assert nearest not in {each.passage_id for each in knowledge.answer(question).related}
    asked_about = frozenset(knowledge.library.order) - {nearest}
    monkeypatch.setattr(knowledge._answering, "_asked_about", asked_about)
    related = [each.passage_id for each in knowledge.answer(question).related]
    assert related[-1] == nearest


@pytest.mark.encoder
def test_an_area_does_not_put_another_passage_first(knowledge: Knowledge) -> None:
    for area in ("knowsley", "lincolnshire", "solihull"):
        found = knowledge.search("consent unless risk of significant harm", 1, area)
        assert found.hits[0].passage_id == "001.SI.p2"


@pytest.mark.encoder
def test_what_is_not_written_is_found_as_before(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = [json.loads(line)["q"] for line in EVAL.read_text("utf-8").splitlines()][:60]
    found = [knowledge.search(each, 5) for each in questions]
    monkeypatch.setattr(knowledge.searching, "_written", lambda _: NOBODY)
    monkeypatch.setattr(knowledge.searching, "_written_for_gaps", lambda _: NOBODY)
    assert [knowledge.search(each, 5) for each in questions] == found

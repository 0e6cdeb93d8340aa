"""A question that is written for a passage is answered by it, and no other question changes."""

from __future__ import annotations

import json

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
    assert [knowledge.search(each, 5) for each in questions] == found

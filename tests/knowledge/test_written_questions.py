from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.known_gaps import GapReply, NewGap, add_gap
from knowledge.library import FOLDER, Library
from knowledge.questions import Questions
from knowledge.written_questions import (
    LONGEST_WRITTEN,
    add_question,
    remove_question,
    taken_from,
    written_for,
)

TODAY = date(2026, 11, 30)
REPLY = GapReply(
    topic="Who the LADO is, and when to ring",
    says="The sources do not name the LADO.",
    ask=("safeguarding_lead",),
)
GAP = NewGap(
    REPLY,
    questions=("at which desk is the lado",),
    near=("000.p1",),
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "documents", tmp_path / "documents")
    for name in ("questions.jsonl", "gaps.jsonl", "out_of_scope.jsonl", "notices.yaml"):
        shutil.copyfile(FOLDER / name, tmp_path / name)
    return tmp_path


def lines(content: Path, name: str) -> list[bytes]:
    return (content / name).read_bytes().splitlines(keepends=True)


def read(content: Path) -> Questions:
    return Questions.read(Library.read(content), content)


def test_a_question_is_added_to_its_passage_and_no_other_line_changes(content: Path) -> None:
    before = lines(content, "questions.jsonl")
    add_question(content, "000.p2", "  what is everyone\n owed? ")
    after = lines(content, "questions.jsonl")
    changed = [n for n, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert changed == [2]
    assert read(content).answered["000.p2"][-1] == "what is everyone owed?"
    remove_question(content, "000.p2", "What is everyone owed")
    assert lines(content, "questions.jsonl") == before


def test_a_passage_without_a_line_gets_the_last_one(content: Path) -> None:
    file = content / "questions.jsonl"
    _, *others = lines(content, "questions.jsonl")
    file.write_bytes(b"".join(others).removesuffix(b"\n"))
    add_question(content, "000.intro", "where is the list from")
    assert lines(content, "questions.jsonl")[:-1] == others
    assert read(content).answered["000.intro"] == ("where is the list from",)
    remove_question(content, "000.intro", "where is the list from")
    assert lines(content, "questions.jsonl") == others


def test_a_question_belongs_to_the_passage_for_which_it_was_written_last(content: Path) -> None:
    question = read(content).answered["000.p1"][0]
    add_question(content, "000.p2", question.upper())
    answered = read(content).answered
    assert question not in answered["000.p1"]
    assert answered["000.p2"][-1] == question.upper()


def test_a_question_is_written_for_a_passage_or_a_gap_and_not_for_both(content: Path) -> None:
    before = read(content)
    of_passage, of_gap = before.answered["000.p1"][0], before.gaps["private_fostering"].questions[0]
    assert taken_from(content, [of_passage, of_gap], "000.p1") == (
        " (questions taken from private_fostering)"
    )
    add_question(content, "000.p2", of_gap)
    new = add_gap(content, replace(GAP, questions=(of_passage.upper(),)), TODAY)
    after = read(content)
    assert of_gap not in after.gaps["private_fostering"].questions
    assert of_passage not in after.answered["000.p1"]
    assert written_for(content, of_gap) == ("000.p2",)
    assert written_for(content, of_passage) == (new,)
    assert taken_from(content, ["a question that nobody wrote"]) == ""


@pytest.mark.parametrize(
    ("passage", "text", "says"),
    [
        ("999.x", "who is owed what", "there is no such passage"),
        ("000.p1", " ?! ", "needs words"),
        ("000.p1", "why " + "x" * LONGEST_WRITTEN, "shorten"),
        ("000.p1", "How polite do I need to be?", "already"),
    ],
)
def test_what_is_no_question_is_refused(content: Path, passage: str, text: str, says: str) -> None:
    before = lines(content, "questions.jsonl")
    with pytest.raises(ContentError, match=says):
        add_question(content, passage, text)
    with pytest.raises(ContentError):
        remove_question(content, passage, "a question that nobody wrote")
    assert lines(content, "questions.jsonl") == before


def test_a_gap_is_added_as_the_last_line(content: Path) -> None:
    before = lines(content, "gaps.jsonl")
    assert add_gap(content, GAP, TODAY) == "who_the_lado_is_and"
    other = replace(GAP, questions=("when do I ring the desk",))
    assert add_gap(content, other, TODAY) == "who_the_lado_is_and_2"
    assert lines(content, "gaps.jsonl")[:-2] == before
    gap = read(content).gaps["who_the_lado_is_and"]
    assert (gap.reason, gap.ask, gap.near) == (REPLY.says, REPLY.ask, ("000.p1",))
    assert gap.ask_by_name == ()
    by_name = replace(REPLY, ask=(), ask_by_name=("the duty desk",))
    add_gap(content, replace(other, reply=by_name), TODAY)
    assert read(content).gaps["who_the_lado_is_and_3"].whom == ("the duty desk",)


@pytest.mark.parametrize(
    ("slip", "says"),
    [
        ({"reply": replace(REPLY, topic=" ")}, "what it is about"),
        ({"reply": replace(REPLY, says="", ask=())}, "what to say, whom to ask"),
        ({"questions": ()}, "a question that leads to it"),
        ({"near": ("999.x",)}, "no passage 999.x"),
    ],
)
def test_a_gap_that_lacks_something_is_refused(
    content: Path, slip: dict[str, object], says: str
) -> None:
    broken = NewGap(**{**GAP.__dict__, **slip})
    with pytest.raises(ContentError, match=says):
        add_gap(content, broken, TODAY)
    assert json.loads(lines(content, "gaps.jsonl")[-1])["topic"] != REPLY.topic

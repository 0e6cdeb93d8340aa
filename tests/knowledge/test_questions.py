from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.library import FOLDER, Library
from knowledge.questions import Questions

LIBRARY = Library.read()
NAMES = ("questions.jsonl", "gaps.jsonl", "out_of_scope.jsonl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def append(folder: Path, name: str, line: object) -> None:
    text = line if isinstance(line, str) else json.dumps(line)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


def test_every_passage_has_questions() -> None:
    assert set(Questions.read(LIBRARY).answered) == set(LIBRARY.passages)


def test_no_question_is_both_answered_and_a_gap() -> None:
    questions = Questions.read(LIBRARY)
    answered = {q.lower() for asked in questions.answered.values() for q in asked}
    gaps = {q.lower() for topic in questions.gaps.values() for q in topic.questions}
    assert not answered & gaps


def test_an_edition_from_before_names_whom_to_ask_in_one_text(folder: Path) -> None:
    line = {"id": "g", "topic": "Fees", "near": [], "why_not": "No.", "questions": ["what fee"]}
    append(folder, "gaps.jsonl", line | {"ask": "DSL, the bursar"})
    gap = Questions.read(LIBRARY, folder).gaps["g"]
    assert (gap.ask, gap.ask_by_name) == ((), ("DSL", "the bursar"))


@pytest.mark.parametrize(
    ("name", "line", "problem"),
    [
        ("questions.jsonl", {"passage_id": "009.x", "questions": []}, r":161: 009\.x: .*no such"),
        ("questions.jsonl", {"passage_id": "000.p1", "questions": []}, r":161: 000\.p1: .*already"),
        ("questions.jsonl", '{"passage_id": "000.p1"', ":161: this is not JSON"),
        ("questions.jsonl", {"passage_id": "000.p1"}, ":161: 'questions' is missing"),
        ("gaps.jsonl", "[]", ":177: keys with values"),
    ],
)
def test_a_broken_line_is_named(folder: Path, name: str, line: object, problem: str) -> None:
    append(folder, name, line)
    with pytest.raises(ContentError, match=f"{name}{problem}"):
        Questions.read(LIBRARY, folder)

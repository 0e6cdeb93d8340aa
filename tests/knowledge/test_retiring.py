from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.retiring import take_out

KEPT = '{"passage_id": "001.1",   "questions": ["wie geht’s"]}'
GAP = '{"id": "g", "near": ["001.1",  "002.1"], "questions": ["é"]}'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for name in ("001", "002"):
        (tmp_path / "documents" / name).mkdir(parents=True)
        (tmp_path / "documents" / name / "text.txt").write_text("text")
    own = '{"passage_id": "002.1", "questions": []}'
    (tmp_path / "questions.jsonl").write_text(f"{own}\n\n{KEPT}\n{own}\n")
    (tmp_path / "gaps.jsonl").write_text(GAP + "\n")
    (tmp_path / "out_of_scope.jsonl").write_text('{"id": "o", "near": []}\n')
    return tmp_path


def test_it_goes_with_its_questions_and_where_topics_name_it(content: Path) -> None:
    take_out(content, "002")
    assert [path.name for path in (content / "documents").iterdir()] == ["001"]
    assert (content / "questions.jsonl").read_text() == f"\n{KEPT}\n"
    assert (content / "gaps.jsonl").read_text() == (
        '{"id": "g", "near": ["001.1"], "questions": ["é"]}\n'
    )


def test_own_questions_that_it_answers_go_and_those_that_others_answer_too_stay(
    content: Path,
) -> None:
    own = content / "evaluation.jsonl"
    lines = (
        {"q": "a", "kind": "answer", "passages": ["002.1"]},
        {"q": "b", "kind": "answer", "passages": ["002.1", "001.1"]},
        {"q": "c", "kind": "answer", "gold": [{"doc": "002", "quote": "text"}]},
        {"q": "d", "kind": "abstain"},
    )
    own.write_text("".join(json.dumps(line) + "\n" for line in lines))
    take_out(content, "002")
    left = [json.loads(line) for line in own.read_text().splitlines()]
    assert left == [{"q": "b", "kind": "answer", "passages": ["001.1"]}, lines[3]]


def test_lines_that_stay_keep_every_sign(content: Path) -> None:
    take_out(content, "002")
    assert (content / "out_of_scope.jsonl").read_text() == '{"id": "o", "near": []}\n'
    (content / "documents" / "00").mkdir()
    take_out(content, "00")
    assert (content / "questions.jsonl").read_text() == f"\n{KEPT}\n"

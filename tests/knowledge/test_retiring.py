from __future__ import annotations

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


def test_lines_that_stay_keep_every_sign(content: Path) -> None:
    take_out(content, "002")
    assert (content / "out_of_scope.jsonl").read_text() == '{"id": "o", "near": []}\n'
    (content / "documents" / "00").mkdir()
    take_out(content, "00")
    assert (content / "questions.jsonl").read_text() == f"\n{KEPT}\n"

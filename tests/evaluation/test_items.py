from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.items import read_items
from knowledge.errors import ContentError
from knowledge.library import Library

DEVELOPMENT = Path(__file__).parents[1] / "eval" / "questions.jsonl"


def test_every_gold_quotation_is_in_a_passage_or_a_lead_in() -> None:
    passages = Library.read().passages.values()
    for item in read_items(DEVELOPMENT):
        for gold in item.gold:
            alone = item.model_copy(update={"gold": (gold,)})
            assert any(
                alone.grade(p.document_id, f"{p.lead_in or ''} {p.text}") for p in passages
            ), f"{item.id}: {gold.quote}"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", r"questions\.jsonl:1"),
        ('{"id": "x", "q": "y", "kind": "riddle"}', r"questions\.jsonl:1: kind"),
        ('{"id": "x", "kind": "answer"}', r"questions\.jsonl:1: q"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(ContentError, match=problem):
        read_items(file)

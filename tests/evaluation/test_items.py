from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.items import read_items
from bot.understanding.training.messages import AuthorsLine
from knowledge.errors import ContentError
from knowledge.files import read_json_lines
from knowledge.gold import GoldCheck
from knowledge.schema import validated
from tests.shipped import DATA, LIBRARY, RELATIONS

TESTS = Path(__file__).parents[1]
SETS = [*(TESTS / "eval").rglob("*.jsonl"), *(DATA / "messages").glob("*.jsonl")]


@pytest.mark.parametrize("file", SETS, ids=lambda file: file.name)
def test_every_set_is_read(file: Path) -> None:
    assert read_items(file, LIBRARY)


def test_every_gold_quotation_is_in_a_passage_or_a_lead_in() -> None:
    gold = GoldCheck(LIBRARY, RELATIONS)
    quotes = [LIBRARY.quote(passage_id) for passage_id in LIBRARY.order]
    for item in read_items(TESTS / "eval" / "questions.jsonl", LIBRARY):
        for each in item.gold:
            assert any(gold.hit(quote, [each], []) for quote in quotes), f"{item.id}: {each.quote}"


def test_a_line_of_an_author_needs_no_id(tmp_path: Path) -> None:
    file = tmp_path / "s1.jsonl"
    file.write_text('{"q": "hi", "kind": "smalltalk"}\n{"q": "ta", "kind": "smalltalk"}\n')
    assert [(each.id, each.author) for each in read_items(file, LIBRARY)] == [
        ("s1-1", "s1"),
        ("s1-2", "s1"),
    ]


def test_an_author_that_is_named_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "s1.jsonl"
    file.write_text('{"q": "hi", "kind": "smalltalk", "author": "somebody"}\n')
    assert [each.author for each in read_items(file, LIBRARY)] == ["somebody"]


def test_what_is_learnt_from_is_read_as_a_set_too() -> None:
    """Both forms of one line agree, so that a set that is opened can be learnt from."""
    (file, *_) = sorted((DATA / "messages").glob("*.jsonl"))
    lines = [validated(source, AuthorsLine) for source in read_json_lines(file)]
    items = read_items(file, LIBRARY)
    assert [(each.q, each.kind, each.passages) for each in items] == [
        (each.q, each.kind, each.passages) for each in lines
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", r"set\.jsonl:1: this is not JSON"),
        ('{"q": "y", "kind": "riddle"}', r"set\.jsonl:1: unknown 'riddle'"),
        ('{"kind": "answer"}', r"set\.jsonl:1: 'q' is missing"),
        ('{"q": "y", "kind": "answer"}', r"set\.jsonl:1: 'gold' or 'passages' is missing"),
        ('{"q": "y", "kind": "flow"}', r"set\.jsonl:1: 'flow' is missing"),
        ('{"q": "y", "kind": "pii"}', r"set\.jsonl:1: 'pii' is missing"),
        ('{"q": "y", "kind": "answer", "passages": ["9"]}', r"set\.jsonl:1: there is no passage"),
        (
            '{"q": "y", "kind": "answer", "gold": [{"doc": "000", "quote": "No such words"}]}',
            r"set\.jsonl:1: document '000' does not say 'No such words'",
        ),
        (
            '{"q": "y", "kind": "pii", "pii": ["y"], "id": "x"}\n' * 2,
            r"set\.jsonl:2: x: this id is used twice",
        ),
    ],
)
def test_a_line_that_cannot_be_judged_is_named(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(ContentError, match=problem):
        read_items(file, LIBRARY)

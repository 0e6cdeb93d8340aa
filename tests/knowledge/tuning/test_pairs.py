from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from bot.settings import HOME
from knowledge.corpus import indexed_text
from knowledge.errors import ContentError
from knowledge.tuning.pairs import (
    INVENTED,
    MOST_OF_A_PASSAGE,
    AnsweredQuestion,
    content_pairs,
    invented_pairs,
    learnt_files,
    read_invented,
    read_pairs,
)
from knowledge.tuning.weights import SEED
from tests.shipped import LIBRARY

FILES = sorted((HOME / INVENTED).glob("*.jsonl"))
LINE = {
    "document": "Handbook",
    "heading": "Keys",
    "lead_in": "The caretaker:",
    "text": "keeps the keys.",
    "questions": ["who has the keys", "where are they kept"],
    "not_answered": ["who cut the keys"],
}


def written(folder: Path, *lines: object, name: str = "p1.jsonl") -> Path:
    file = folder / INVENTED / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return file


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_has_64_passages_with_four_questions(file: Path) -> None:
    passages = read_invented(file)
    assert len(passages) == 64
    assert {len(passage.questions) for passage in passages} == {4}
    assert sum(len(passage.not_answered) for passage in passages) in (32, 34)


def test_all_files_are_learnt_from() -> None:
    assert learnt_files(HOME) == FILES
    learnt = {pair.question for pair in read_pairs(HOME, SEED)}
    assert learnt.issuperset(pair.question for pair in invented_pairs(FILES))


def test_a_question_goes_with_the_text_by_which_its_passage_is_found(tmp_path: Path) -> None:
    file = written(tmp_path, LINE, {**LINE, "lead_in": None, "questions": ["who has keys"]})
    led_in, alone = "The caretaker: keeps the keys.", "keeps the keys."
    assert invented_pairs([file]) == [
        AnsweredQuestion("who has the keys", f"Keys {led_in}", "p1 Handbook", led_in),
        AnsweredQuestion("where are they kept", f"Keys {led_in}", "p1 Handbook", led_in),
        AnsweredQuestion("who has keys", f"Keys {alone}", "p1 Handbook", alone),
    ]


def test_some_of_the_contents_own_questions_are_learnt_from() -> None:
    pairs = content_pairs(HOME / "knowledge", Random(SEED))
    assert pairs == content_pairs(HOME / "knowledge", Random(SEED))
    of_each = Counter(pair.passage for pair in pairs)
    assert max(of_each.values()) == MOST_OF_A_PASSAGE
    assert {pair.passage for pair in pairs} <= set(map(indexed_text, LIBRARY.passages.values()))
    assert {pair.document for pair in pairs} == LIBRARY.documents.keys()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"questions": []}, "'questions' has 0; it needs 1 or more"),
        ({"questions": ["who", " "]}, "'questions' is empty"),
        ({"text": ""}, "'text' is empty"),
        ({"answered": []}, "unknown key 'answered'"),
        ({"lead_in": 3}, "'lead_in' must be text"),
    ],
)
def test_a_slip_is_named_with_its_line(
    change: dict[str, object], problem: str, tmp_path: Path
) -> None:
    with pytest.raises(ContentError) as slip:
        read_invented(written(tmp_path, LINE, {**LINE, **change}))
    assert str(slip.value).startswith(f"passages/p1.jsonl:2: {problem}")


def test_the_slips_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    lacking = {key: value for key, value in LINE.items() if key != "text"}
    files = [written(tmp_path, LINE, lacking), written(tmp_path, [], name="p2.jsonl")]
    with pytest.raises(ContentError) as slips:
        invented_pairs(files)
    assert str(slips.value).splitlines() == [
        "passages/p1.jsonl:2: 'text' is missing",
        "passages/p2.jsonl:1: keys with values are expected here",
    ]

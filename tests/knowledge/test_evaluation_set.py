"""The partnership's own questions are read, and every slip in them is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import ContentError
from knowledge.evaluation_set import FILE, read_evaluation_set
from tests.shipped import LIBRARY

SOUND: list[dict[str, Any]] = [
    {"q": "who may be told", "kind": "answer", "passages": ["000.p1"]},
    {"q": "how are they treated", "kind": "answer", "gold": [{"doc": "000", "quote": "family"}]},
    {"q": "who pays", "kind": "abstain"},
    {"q": "what is the weather", "kind": "out_of_scope"},
]


def write(folder: Path, *lines: object) -> None:
    (folder / FILE).write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")


def test_it_need_not_be_there_and_every_kind_is_read(tmp_path: Path) -> None:
    assert read_evaluation_set(LIBRARY, tmp_path) == ()
    write(tmp_path, *SOUND)
    assert [each.q for each in read_evaluation_set(LIBRARY, tmp_path)] == [
        each["q"] for each in SOUND
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"q": "a", "kind": "answer"}, "name what answers the question"),
        ({"q": "a", "kind": "answer", "passages": ["009.p1"]}, "there is no passage '009.p1'"),
        (
            {"q": "a", "kind": "answer", "gold": [{"doc": "000", "quote": "puffins"}]},
            "document '000' does not say 'puffins'",
        ),
        ({"q": "a", "kind": "abstain", "passages": ["000.p1"]}, "means that nothing answers"),
        ({"q": "a", "kind": "emergency"}, "unknown 'emergency'"),
        ({"q": "a", "kind": "abstain", "pii": ["Ann"]}, "unknown key 'pii'"),
        (SOUND[2], "stands here twice"),
    ],
)
def test_a_line_that_cannot_be_judged_is_named(tmp_path: Path, line: object, problem: str) -> None:
    write(tmp_path, *SOUND, line)
    with pytest.raises(ContentError, match=problem) as broken:
        read_evaluation_set(LIBRARY, tmp_path)
    assert broken.value.violations[0].place.line == len(SOUND) + 1

"""The files that name passages line by line: their written questions, and what they are mistaken
for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from knowledge.files import read_json_lines, read_text

QUESTIONS = "questions.jsonl"
GAPS = "gaps.jsonl"
OUT_OF_SCOPE = "out_of_scope.jsonl"
MISTAKEN_FOR = (GAPS, OUT_OF_SCOPE)
"""Topics, with the passages that each is mistaken for (`near`)."""


def questions_of(content: Path, passage_id: str) -> tuple[str, ...]:
    """Those written for the passage. Raises ContentError where the file cannot be read."""
    for source in read_json_lines(content / QUESTIONS):
        if source.value["passage_id"] == passage_id:
            return tuple(source.value["questions"])
    return ()


def write_questions(content: Path, passage_id: str, questions: Sequence[str]) -> None:
    """In place of those that the passage has; with none, its line goes."""
    line = {"passage_id": passage_id, "questions": list(questions)}

    def written(entry: dict[str, Any]) -> dict[str, Any] | None:
        if entry["passage_id"] != passage_id:
            return entry
        return line if questions else None

    has_line = bool(questions_of(content, passage_id))
    rewrite_lines(content / QUESTIONS, written)
    if questions and not has_line:
        with (content / QUESTIONS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def rename_passage(content: Path, passage_id: str, to: str | None) -> None:
    """Its questions are those of the passage `to`, and go where there is none."""
    asked = questions_of(content, passage_id)
    write_questions(content, passage_id, ())
    if to and asked:
        write_questions(content, to, list(dict.fromkeys((*questions_of(content, to), *asked))))

    def near(line: dict[str, Any]) -> dict[str, Any]:
        renamed = [to if each == passage_id else each for each in line["near"]]
        return line | {"near": list(dict.fromkeys(filter(None, renamed)))}

    for name in MISTAKEN_FOR:
        rewrite_lines(content / name, near)


def rewrite_lines(file: Path, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
    """Lines that stay as they are keep every sign."""
    entries = iter([source.value for source in read_json_lines(file)])
    lines: list[str] = []
    for text in read_text(file).splitlines():
        entry = next(entries) if text.strip() else None
        changed = change(entry) if entry else None
        if changed == entry:
            lines.append(text)
        elif changed is not None:
            lines.append(json.dumps(changed, ensure_ascii=False))
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

"""Adds a question to those that are written for a passage, and takes one out again.

Each works on a folder of content; all other lines of its file stay as they are, byte for byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.documents import read_documents
from knowledge.editions.troubles import told_plainly
from knowledge.errors import ContentError, Location
from knowledge.files import append_json_line, read_json_lines, rewrite_json_lines
from knowledge.written import in_words

QUESTIONS = "questions.jsonl"
LONGEST_WRITTEN = 200
"""Characters. The longest question that is shipped has 104; this leaves room, and none for a
letter."""


def add_question(content: Path, passage_id: str, text: str) -> None:
    """Writes `text` as a question that the passage answers, and takes it from any other passage for
    which it is written, so that this passage comes first for it.

    Raises ContentError for a passage that is not there, for a text that is no question, and where
    the question is written for the passage already.
    """
    file = content / QUESTIONS
    question = _checked(file, text)
    with told_plainly(content):
        known = {each.id for one in read_documents(content) for each in one.passages}
        if passage_id not in known:
            raise _said(file, f"{passage_id}: there is no such passage")
        if in_words(question) in map(in_words, _written(file, passage_id)):
            raise _said(file, f"{passage_id}: this question is written for it already: {question}")

        def changed(line: dict[str, Any]) -> dict[str, Any]:
            others = [q for q in line["questions"] if in_words(q) != in_words(question)]
            if line["passage_id"] == passage_id:
                return line | {"questions": [*line["questions"], question]}
            return line if len(others) == len(line["questions"]) else line | {"questions": others}

        has_line = any(each.value["passage_id"] == passage_id for each in read_json_lines(file))
        rewrite_json_lines(file, changed)
        if not has_line:
            append_json_line(file, {"passage_id": passage_id, "questions": [question]})


def remove_question(content: Path, passage_id: str, text: str) -> None:
    """Takes a written question out. Raises ContentError where it is not written for the passage."""
    file = content / QUESTIONS
    with told_plainly(content):
        if in_words(text) not in map(in_words, _written(file, passage_id)):
            raise _said(file, f"{passage_id}: no such question is written for it: {text}")

        def changed(line: dict[str, Any]) -> dict[str, Any] | None:
            if line["passage_id"] != passage_id:
                return line
            left = [each for each in line["questions"] if in_words(each) != in_words(text)]
            return line | {"questions": left} if left else None

        rewrite_json_lines(file, changed)


def _checked(file: Path, text: str) -> str:
    question = " ".join(text.split())
    if not in_words(question):
        raise _said(file, "a question needs words; type it as practitioners ask it")
    if len(question) > LONGEST_WRITTEN:
        raise _said(file, f"a question may have {LONGEST_WRITTEN} characters; shorten it")
    return question


def _written(file: Path, passage_id: str) -> list[str]:
    lines = (each.value for each in read_json_lines(file))
    return [q for line in lines if line["passage_id"] == passage_id for q in line["questions"]]


def _said(file: Path, problem: str) -> ContentError:
    return ContentError.at(Location.of(file), problem)

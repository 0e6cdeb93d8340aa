"""Adds a question to those that are written for a passage, and takes one out again, also of a gap.

Each works on a folder of content; all other lines of its file stay as they are, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from knowledge.documents import read_documents
from knowledge.editions.troubles import told_plainly
from knowledge.errors import ContentError, Location
from knowledge.files import read_json_lines
from knowledge.passage_questions import (
    GAPS,
    QUESTIONS,
    questions_of,
    rewrite_lines,
    write_questions,
)
from knowledge.written import in_words

LONGEST_WRITTEN = 200
"""Characters. The longest question that is shipped has 104; this leaves room, and none for a
letter."""


def add_question(content: Path, passage_id: str, text: str) -> None:
    """Writes `text` as a question that the passage answers, and takes it from any other passage and
    any gap for which it is written, so that this passage comes first for it.

    Raises ContentError for a passage that is not there, for a text that is no question, and where
    the question is written for the passage already.
    """
    file = content / QUESTIONS
    question = _checked(file, text)
    with told_plainly(content):
        known = {each.id for one in read_documents(content) for each in one.passages}
        if passage_id not in known:
            raise _said(file, f"{passage_id}: there is no such passage")
        own = questions_of(content, passage_id)
        if in_words(question) in map(in_words, own):
            raise _said(file, f"{passage_id}: this question is written for it already: {question}")
        take_from_all(content, question)
        write_questions(content, passage_id, [*own, question])


def remove_question(content: Path, passage_id: str, text: str) -> None:
    """Takes a written question out. Raises ContentError where it is not written for the passage."""
    with told_plainly(content):
        if not _take_out(content, passage_id, text):
            raise _said(content / QUESTIONS, f"{passage_id}: no such question is written: {text}")


def written_for(content: Path, text: str) -> tuple[str, ...]:
    """The ids of the passages and then the gaps that the question is written for. Raises
    ContentError where a file cannot be read."""
    return (*_owners(content / QUESTIONS, "passage_id", text), *_owners(content / GAPS, "id", text))


def all_written(content: Path) -> frozenset[str]:
    """Every question that is written for a passage or a gap, by its words. Raises ContentError
    where a file cannot be read."""
    files = (content / QUESTIONS, content / GAPS)
    lines = (line for file in files for line in read_json_lines(file))
    return frozenset(in_words(each) for line in lines for each in line.value["questions"])


def taken_from(content: Path, questions: Iterable[str], to: str = "") -> str:
    """What else than `to` these are written for, and will be taken from, in brackets after what
    says that they are written for it; empty where it is nothing."""
    others = {each for text in questions for each in written_for(content, text)} - {to}
    return f" (questions taken from {', '.join(sorted(others))})" if others else ""


def take_from_all(content: Path, text: str) -> None:
    """Takes the question out of every passage and gap that it is written for."""
    for passage_id in _owners(content / QUESTIONS, "passage_id", text):
        _take_out(content, passage_id, text)
    gaps = set(_owners(content / GAPS, "id", text))

    def without(line: dict[str, Any]) -> dict[str, Any]:
        is_its_own = line["id"] in gaps
        return line | {"questions": _others(line["questions"], text)} if is_its_own else line

    if gaps:
        rewrite_lines(content / GAPS, without)


def _owners(file: Path, key: str, text: str) -> list[str]:
    return [
        line.value[key]
        for line in read_json_lines(file)
        if in_words(text) in map(in_words, line.value["questions"])
    ]


def _others(questions: Sequence[str], text: str) -> list[str]:
    return [each for each in questions if in_words(each) != in_words(text)]


def _take_out(content: Path, passage_id: str, text: str) -> bool:
    own = questions_of(content, passage_id)
    left = _others(own, text)
    if len(left) < len(own):
        write_questions(content, passage_id, left)
    return len(left) < len(own)


def _checked(file: Path, text: str) -> str:
    question = " ".join(text.split())
    if not in_words(question):
        raise _said(file, "a question needs words; type it as practitioners ask it")
    if len(question) > LONGEST_WRITTEN:
        raise _said(file, f"a question may have {LONGEST_WRITTEN} characters; shorten it")
    return question


def _said(file: Path, problem: str) -> ContentError:
    return ContentError.at(Location.of(file), problem)

"""Adds a question to those that are written for a passage, and takes one out again.

Each works on a folder of content; all other lines of its file stay as they are, byte for byte.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.documents import read_documents
from knowledge.editions.troubles import told_plainly
from knowledge.errors import ContentError, Location
from knowledge.files import read_json_lines
from knowledge.passage_questions import QUESTIONS, questions_of, write_questions
from knowledge.written import in_words

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
        own = questions_of(content, passage_id)
        if in_words(question) in map(in_words, own):
            raise _said(file, f"{passage_id}: this question is written for it already: {question}")
        for other in _written_for(file, question):
            _take_out(content, other, question)
        write_questions(content, passage_id, [*own, question])


def remove_question(content: Path, passage_id: str, text: str) -> None:
    """Takes a written question out. Raises ContentError where it is not written for the passage."""
    with told_plainly(content):
        if not _take_out(content, passage_id, text):
            raise _said(content / QUESTIONS, f"{passage_id}: no such question is written: {text}")


def _written_for(file: Path, text: str) -> list[str]:
    """The ids of the passages that the question is written for."""
    return [
        line.value["passage_id"]
        for line in read_json_lines(file)
        if in_words(text) in map(in_words, line.value["questions"])
    ]


def _take_out(content: Path, passage_id: str, text: str) -> bool:
    own = questions_of(content, passage_id)
    left = [each for each in own if in_words(each) != in_words(text)]
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

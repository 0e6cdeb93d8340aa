"""What one state of the content changes in the questions of another: those that are written for
passages, and the partnership's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.operations.counted import counted
from bot.operations.difference import Became, ContentDifference, Titles, became_of
from knowledge.errors import ContentError, Violation
from knowledge.files import read_json_lines
from knowledge.passage_questions import QUESTIONS
from knowledge.questions import AnsweredLine
from knowledge.schema import validated_lines

Questions = Mapping[str, tuple[str, ...]]
"""By the ids of their passages."""
Asked = frozenset[tuple[str, str]]
"""Of a passage's id and a question that is written for it."""
OWN_SAID: Mapping[Became, str] = {
    "new": "New.",
    "gone": "Taken out.",
    "changed": "What it is to get has changed.",
}


def read_questions(folder: Path) -> Questions:
    """None where the folder holds only what differs, and these do not. Raises ContentError."""
    file = folder / QUESTIONS
    if not file.exists():
        return {}
    found: list[Violation] = []
    asked = {
        line.passage_id: tuple(line.questions)
        for _, line in validated_lines(file, AnsweredLine, found)
    }
    if found:
        raise ContentError(*found)
    return asked


def asked_of(document_id: str, asked: Questions) -> Asked:
    mine = ((p, q) for p, q in asked.items() if p.startswith(f"{document_id}."))
    return frozenset((passage_id, each) for passage_id, questions in mine for each in questions)


def questions_said(old: Asked, new: Asked) -> Iterator[str]:
    """How many, and then each: to those who edit. Nobody else knows of such questions."""
    for more, word, one in (
        (new - old, "New", "Question added"),
        (old - new, "No more", "Question taken out"),
    ):
        if more:
            yield f"{word}: {counted(len(more), 'written question')}."
            yield from (f"{one}: “{question}”." for question in sorted({each[1] for each in more}))


def own_differences(
    before: Path | None, after: Path | None, _: Titles
) -> Iterator[ContentDifference]:
    """Of two states of the partnership's own questions; None where there is none."""
    old, new = (_own(side) for side in (before, after))
    for question in [*new, *(each for each in old if each not in new)]:
        if old.get(question) != new.get(question):
            title = f"Question of your own to judge a publication by: “{question}”"
            became = became_of(old.get(question), new.get(question))
            said = OWN_SAID[became]
            yield ContentDifference("", title, (said,), became=became)


def _own(file: Path | None) -> dict[str, Any]:
    return {each.value["q"]: each.value for each in read_json_lines(file)} if file else {}

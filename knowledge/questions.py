"""Questions as practitioners ask them: those the sources answer, and those they do not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.files import read_text
from knowledge.findings import Gap
from knowledge.library import FOLDER, Library


@dataclass(frozen=True)
class Topic(Gap):
    """A gap with the questions that lead to it, and the passages it is mistaken for."""

    questions: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def gap(self) -> Gap:
        return Gap(self.id, self.topic, self.reason, self.ask)


@dataclass(frozen=True)
class Questions:
    answered: dict[str, tuple[str, ...]]
    gaps: dict[str, Topic]
    out_of_scope: dict[str, Topic]

    @classmethod
    def read(cls, library: Library, folder: Path = FOLDER) -> Questions:
        """Raises KnowledgeError naming file, line and id of the first broken line."""
        return cls(
            _read_answered(folder / "questions.jsonl", library),
            _read_topics(folder / "gaps.jsonl", library),
            _read_topics(folder / "out_of_scope.jsonl", library),
        )


def _read_answered(file: Path, library: Library) -> dict[str, tuple[str, ...]]:
    answered: dict[str, tuple[str, ...]] = {}
    for line, entry in _lines(file, {"passage_id", "questions"}):
        passage_id = entry["passage_id"]
        if passage_id not in library.passages:
            raise KnowledgeError(file, "there is no such passage", line=line, id=passage_id)
        if passage_id in answered:
            raise KnowledgeError(file, "this passage has a line already", line=line, id=passage_id)
        answered[passage_id] = tuple(entry["questions"])
    return answered


def _read_topics(file: Path, library: Library) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for line, entry in _lines(file, {"id", "topic", "why_not", "ask", "near", "questions"}):
        if entry["id"] in topics:
            raise KnowledgeError(file, "this id is used twice", line=line, id=entry["id"])
        for passage_id in entry["near"]:
            if passage_id not in library.passages:
                problem = f"there is no passage {passage_id}"
                raise KnowledgeError(file, problem, line=line, id=entry["id"])
        topics[entry["id"]] = Topic(
            id=entry["id"],
            topic=entry["topic"],
            reason=entry["why_not"],
            ask=entry["ask"],
            questions=tuple(entry["questions"]),
            near=tuple(entry["near"]),
        )
    return topics


def _lines(file: Path, fields: set[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, text in enumerate(read_text(file).splitlines(), start=1):
        if not text.strip():
            continue
        try:
            entry = json.loads(text)
        except json.JSONDecodeError as broken:
            problem = f"cannot be read at character {broken.pos + 1}: a quotation mark or a comma?"
            raise KnowledgeError(file, problem, line=number) from broken
        if not isinstance(entry, dict) or set(entry) != fields:
            problem = f"needs these keys and no others: {', '.join(sorted(fields))}"
            raise KnowledgeError(file, problem, line=number)
        questions = entry["questions"]
        if not isinstance(questions, list) or not all(isinstance(q, str) for q in questions):
            raise KnowledgeError(file, "questions must be a list of texts", line=number)
        yield number, entry

"""Questions as practitioners ask them: those the sources answer, and those they do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import model_validator

from knowledge.errors import ContentError, Violation
from knowledge.findings import Gap
from knowledge.library import FOLDER, Library
from knowledge.schema import NonEmptyText, Strict, validated_lines


@dataclass(frozen=True)
class Topic(Gap):
    """A gap with the questions that lead to it, and the passages it is mistaken for.

    `added_on`: the day on which somebody added it; None for one that came with the content.
    `answered_in`: the areas whose own documents answer it, as somebody has decided.
    """

    questions: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    added_on: date | None = None
    answered_in: tuple[str, ...] = ()

    @property
    def gap(self) -> Gap:
        return Gap(self.id, self.topic, self.reason, self.ask, self.ask_by_name)


@dataclass(frozen=True)
class Questions:
    answered: dict[str, tuple[str, ...]]
    gaps: dict[str, Topic]
    out_of_scope: dict[str, Topic]

    @classmethod
    def read(cls, library: Library, folder: Path = FOLDER) -> Questions:
        """Raises ContentError with every slip in the three files."""
        found: list[Violation] = []
        read = cls(
            _read_answered(folder / "questions.jsonl", library, found),
            _read_topics(folder / "gaps.jsonl", library, found),
            _read_topics(folder / "out_of_scope.jsonl", library, found),
        )
        if found:
            raise ContentError(*found)
        return read


class AnsweredLine(Strict):
    passage_id: str
    questions: tuple[str, ...]


class TopicLine(Strict):
    id: NonEmptyText
    topic: NonEmptyText
    why_not: NonEmptyText
    ask: tuple[NonEmptyText, ...]
    ask_by_name: tuple[NonEmptyText, ...] = ()
    near: tuple[str, ...]
    questions: tuple[str, ...]
    added_on: date | None = None
    answered_in: tuple[NonEmptyText, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_one_text(cls, line: Any) -> Any:
        """Editions published before whom to ask was a choice have names with commas."""
        if not (isinstance(line, dict) and isinstance(line.get("ask"), str)):
            return line
        names = [each.strip() for each in line["ask"].split(",") if each.strip()]
        return {**line, "ask": [], "ask_by_name": names}


def _read_answered(
    file: Path, library: Library, found: list[Violation]
) -> dict[str, tuple[str, ...]]:
    answered: dict[str, tuple[str, ...]] = {}
    for place, line in validated_lines(file, AnsweredLine, found):
        if line.passage_id not in library.passages:
            found.append(Violation(place, f"{line.passage_id}: there is no such passage"))
        if line.passage_id in answered:
            problem = f"{line.passage_id}: this passage has a line already"
            found.append(Violation(place, problem))
        answered[line.passage_id] = line.questions
    return answered


def _read_topics(file: Path, library: Library, found: list[Violation]) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for place, line in validated_lines(file, TopicLine, found):
        if line.id in topics:
            found.append(Violation(place, f"{line.id}: this id is used twice"))
        if unknown := [each for each in line.near if each not in library.passages]:
            problem = f"{line.id}: there is no passage {', '.join(unknown)}"
            found.append(Violation(place, problem))
        topics[line.id] = Topic(
            id=line.id,
            topic=line.topic,
            reason=line.why_not,
            ask=line.ask,
            ask_by_name=line.ask_by_name,
            questions=line.questions,
            near=line.near,
            added_on=line.added_on,
            answered_in=line.answered_in,
        )
    return topics

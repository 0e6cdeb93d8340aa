"""Questions as practitioners ask them: those the sources answer, and those they do not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.files import read_json_lines
from knowledge.findings import Gap
from knowledge.library import FOLDER, Library
from knowledge.schema import NonEmptyText, Strict, validated


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
        """Raises ContentError naming file and line of the first broken line."""
        return cls(
            _read_answered(folder / "questions.jsonl", library),
            _read_topics(folder / "gaps.jsonl", library),
            _read_topics(folder / "out_of_scope.jsonl", library),
        )


class AnsweredLine(Strict):
    passage_id: str
    questions: tuple[str, ...]


class TopicLine(Strict):
    id: NonEmptyText
    topic: NonEmptyText
    why_not: NonEmptyText
    ask: str
    near: tuple[str, ...]
    questions: tuple[str, ...]


def _read_answered(file: Path, library: Library) -> dict[str, tuple[str, ...]]:
    answered: dict[str, tuple[str, ...]] = {}
    for source in read_json_lines(file):
        line = validated(source, AnsweredLine)
        if line.passage_id not in library.passages:
            raise source.error(f"{line.passage_id}: there is no such passage")
        if line.passage_id in answered:
            raise source.error(f"{line.passage_id}: this passage has a line already")
        answered[line.passage_id] = line.questions
    return answered


def _read_topics(file: Path, library: Library) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for source in read_json_lines(file):
        line = validated(source, TopicLine)
        if line.id in topics:
            raise source.error(f"{line.id}: this id is used twice")
        if unknown := [each for each in line.near if each not in library.passages]:
            raise source.error(f"{line.id}: there is no passage {', '.join(unknown)}")
        topics[line.id] = Topic(
            id=line.id,
            topic=line.topic,
            reason=line.why_not,
            ask=line.ask,
            questions=line.questions,
            near=line.near,
        )
    return topics

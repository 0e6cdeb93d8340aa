"""What is learnt from: questions, each with a passage that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from knowledge.corpus import indexed_text
from knowledge.errors import ContentError, Violation
from knowledge.files import read_each
from knowledge.library import Library
from knowledge.questions import Questions
from knowledge.schema import NonEmptyText, Strict, validated_lines

INVENTED = Path("data", "passages")
"""In the folder that holds the content."""
HELD_BACK = frozenset({"p13", "p14", "p15"})
"""The files of INVENTED that are never learnt from: what was learnt is weighed on them."""


class InventedPassage(Strict):
    """A line of `data/passages`; the README there says what each field means."""

    document: NonEmptyText
    heading: NonEmptyText
    lead_in: NonEmptyText | None
    text: NonEmptyText
    questions: tuple[NonEmptyText, ...] = Field(min_length=1)
    not_answered: tuple[NonEmptyText, ...]

    @property
    def indexed_text(self) -> str:
        """In the order of `corpus.indexed_text`."""
        return " ".join(part for part in (self.heading, self.lead_in, self.text) if part)


@dataclass(frozen=True)
class AnsweredQuestion:
    """`passage` is the text by which it is found; `document` tells passages that lie together."""

    question: str
    passage: str
    document: str


def read_pairs(home: Path) -> list[AnsweredQuestion]:
    """All that is learnt from in the folder that holds the content.

    Raises ContentError with every slip.
    """
    return invented_pairs(learnt_files(home)) + content_pairs(home / "knowledge")


def learnt_files(home: Path) -> list[Path]:
    files = sorted((home / INVENTED).glob("*.jsonl"))
    return [file for file in files if file.stem not in HELD_BACK]


def invented_pairs(files: list[Path]) -> list[AnsweredQuestion]:
    """Raises ContentError with every slip in the files."""
    return [
        AnsweredQuestion(question, passage.indexed_text, passage.document)
        for passages in read_each(files, read_invented)
        for passage in passages
        for question in passage.questions
    ]


def read_invented(file: Path) -> list[InventedPassage]:
    """Raises ContentError with every slip in the file."""
    found: list[Violation] = []
    passages = [passage for _, passage in validated_lines(file, InventedPassage, found)]
    if found:
        raise ContentError(*found)
    return passages


def content_pairs(folder: Path) -> list[AnsweredQuestion]:
    """Raises ContentError for a slip in the content."""
    library = Library.read(folder)
    return [
        AnsweredQuestion(question, indexed_text(passage), passage.document_id)
        for passage_id, asked in Questions.read(library, folder).answered.items()
        for passage in (library.passages[passage_id],)
        for question in asked
    ]

"""What is learnt from: questions, each with a passage that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from pydantic import Field

from knowledge.corpus import indexed_text
from knowledge.errors import ContentError, Violation
from knowledge.files import read_each
from knowledge.library import Library
from knowledge.questions import Questions
from knowledge.schema import NonEmptyText, Strict, validated_lines

INVENTED = Path("data", "passages")
"""In the folder that holds the content."""
MOST_OF_A_PASSAGE = 6
"""Questions of one passage of the content that are learnt from: some have forty, and what is to be
learnt is how questions lie to passages, not these passages."""


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
        return " ".join((self.heading, self.without_heading))

    @property
    def without_heading(self) -> str:
        return " ".join(part for part in (self.lead_in, self.text) if part)


@dataclass(frozen=True)
class AnsweredQuestion:
    """`passage` is the text by which it is found; `document` tells passages that lie together.

    `without_heading` is the passage as it is learnt from at times: an imported heading may say
    nothing, or the same of every passage.
    """

    question: str
    passage: str
    document: str
    without_heading: str


def read_pairs(home: Path, seed: int) -> list[AnsweredQuestion]:
    """All that is learnt from in the folder that holds the content.

    Raises ContentError with every slip.
    """
    chance = Random(seed)  # noqa: S311  # the same questions every time
    return invented_pairs(learnt_files(home)) + content_pairs(home / "knowledge", chance)


def learnt_files(home: Path) -> list[Path]:
    return sorted((home / INVENTED).glob("*.jsonl"))


def invented_pairs(files: list[Path]) -> list[AnsweredQuestion]:
    """Raises ContentError with every slip in the files."""
    return [
        AnsweredQuestion(
            question,
            passage.indexed_text,
            f"{file.stem} {passage.document}",
            passage.without_heading,
        )
        for file, passages in zip(files, read_each(files, read_invented), strict=True)
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


def content_pairs(folder: Path, chance: Random) -> list[AnsweredQuestion]:
    """Raises ContentError for a slip in the content."""
    library = Library.read(folder)
    return [
        AnsweredQuestion(question, text, passage.document_id, text)
        for passage_id, asked in Questions.read(library, folder).answered.items()
        for passage in (library.passages[passage_id],)
        for text in (indexed_text(passage),)
        for question in chance.sample(asked, min(len(asked), MOST_OF_A_PASSAGE))
    ]

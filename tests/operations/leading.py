"""Knowledge in which the questions of some gaps lead to a passage, as a test says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from knowledge.findings import Findings
from knowledge.library import Library
from knowledge.questions import Questions
from knowledge.quotes import ScoredQuote
from tests.api.standins import Shelf


class Leading(Shelf):
    """`to`: of the id of each gap that is like the document, the likest first, the passage that is
    nearest to its questions. The first question of each is claimed to be answered."""

    def __init__(self, folder: Path, to: Mapping[str, str]) -> None:
        super().__init__()
        self.library = Library.read(folder)
        self.questions = Questions.read(self.library, folder)
        self.to = to
        self.asked: list[str] = []

    def gaps_like(self, passages: Collection[str]) -> list[tuple[str, float]]:
        return [(each, 0.5) for each in self.to if each in self.questions.gaps]

    def search(
        self,
        query: str,
        k: int = 5,
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
        *,
        in_other_words: bool = False,
    ) -> Findings:
        assert in_other_words
        self.asked.append(query)
        (gap,) = [each for each in self.questions.gaps.values() if query in each.questions]
        hit = ScoredQuote(**self.library.quote(self.to[gap.id]).model_dump(), score=0.5)
        is_first = query == gap.questions[0]
        return Findings(query, "answerable", (hit,), None, "answers" if is_first else "closest")

"""Which known gaps are shown beside a document that may answer them. `python -m bench.gaps`.

For the documents of `tests/knowledge/importing/gaps.yaml`, of which a person has said which gaps
they answer: how many of these are listed, among how many, by how like their questions have to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from bot.operations.touched_gaps import LIKE
from bot.settings import Settings
from knowledge.corpus import Texts
from knowledge.encoder import Encoder
from knowledge.importing import read_document
from knowledge.library import Library
from knowledge.questions import Questions, Topic
from knowledge.ranking import Floats
from knowledge.verdict import likeness_to

HOME = Path(__file__).parents[1]
SET = HOME / "tests" / "knowledge" / "importing" / "gaps.yaml"
TRIED = (0.30, 0.31, 0.32, 0.33, LIKE, 0.35, 0.36, 0.38, 0.40)
BATCH = 256


@dataclass(frozen=True)
class Beside:
    """A document. `likeness`: of every gap, by its id; `answers`: the ids of those it answers."""

    name: str
    likeness: Mapping[str, float]
    answers: Sequence[str]

    def listed(self, like: float) -> set[str]:
        return {gap_id for gap_id, likeness in self.likeness.items() if likeness >= like}

    def place(self, gap_id: str) -> int:
        """From 1, the likest first."""
        order = sorted(self.likeness, key=lambda each: -self.likeness[each])
        return order.index(gap_id) + 1


def main() -> None:
    encoder = Encoder.open(Settings.read().models_dir)
    gaps = Questions.read(Library.read()).gaps
    topics = questions_of(encoder, list(gaps.values()))
    read = yaml.safe_load(SET.read_text("utf-8"))
    for half in ("choose", "report"):
        documents = [
            Beside(name, dict(zip(gaps, likeness(encoder, topics, name), strict=True)), answers)
            for name, answers in read[half].items()
        ]
        print(f"{half}: {len(documents)} documents")
        print("\n".join(told(documents)))


def told(documents: Sequence[Beside]) -> Iterator[str]:
    for like in TRIED:
        sizes = [len(each.listed(like)) for each in documents]
        found = sum(len(each.listed(like) & set(each.answers)) for each in documents)
        wanted = sum(len(each.answers) for each in documents)
        yield f"  {like:.2f}: {found} of {wanted} listed, among {sum(sizes)}; {sizes}"
    for each in documents:
        places = ", ".join(f"{gap_id} {each.place(gap_id)}" for gap_id in each.answers)
        yield f"  {each.name}: {places}"


def questions_of(encoder: Encoder, gaps: Sequence[Topic]) -> Texts:
    texts = [question for gap in gaps for question in gap.questions]
    owners = [number for number, gap in enumerate(gaps) for _ in gap.questions]
    parts = [encoder.retrieval(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    vectors = np.concatenate(parts)
    return Texts(tuple(texts), np.array(owners), vectors, vectors)


def likeness(encoder: Encoder, topics: Texts, name: str) -> Floats:
    passages = read_document(HOME / name).passages
    around = ((each.heading, each.lead_in, each.text) for each in passages)
    return likeness_to(topics, encoder.retrieval([" ".join(filter(None, e)) for e in around]))


if __name__ == "__main__":
    main()

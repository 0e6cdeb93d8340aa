"""Which sentences of a passage are marked as those that answer. `python -m bench.sentences`.

People who had seen no code told of questions and the passages that answer them which sentences to
read first (`best`), and which others may be marked as well (`also`). By which vector sentences are
told, and how near another has to be, was chosen on what a trainer and a manager said of strangers'
questions. What that does is told on a teacher's, whose questions came later and are her own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.settings import Settings
from knowledge import Knowledge
from knowledge.encoder import Vectors
from knowledge.sentences import sentences

SETS = Path(__file__).parents[1] / "tests" / "knowledge" / "sentences"
TO_CHOOSE = (SETS / "trainer.jsonl", SETS / "manager.jsonl")
TO_TELL = (SETS / "teacher.jsonl",)
TRIED = (0.04, 0.06, 0.08, 0.10)


@dataclass(frozen=True)
class Told:
    """The sentences of a passage by their likeness to the question, and the numbers of those that
    a person would read first, or mark as well."""

    likeness: Vectors
    best: frozenset[int]
    also: frozenset[int]

    def marked(self, within: float) -> frozenset[int]:
        return frozenset(np.flatnonzero(self.likeness >= self.likeness.max() - within).tolist())


def main() -> None:
    knowledge = Knowledge.open(Settings.read().state_dir)
    encoder = knowledge.encoder
    vectors = {
        "sentence": (encoder.encode, encoder.query),
        "retrieval": (encoder.retrieval, encoder.retrieval_query),
    }
    for name, files in (("to choose by", TO_CHOOSE), ("to tell", TO_TELL)):
        for vector, (of_texts, of_query) in vectors.items():
            told = [each for file in files for each in read(knowledge, file, of_texts, of_query)]
            print(f"{name}: {', '.join(file.stem for file in files)}, by {vector} vector")
            for within in TRIED:
                print(f"  within {within:.2f}: {report(told, within)}")


def report(told: Sequence[Told], within: float) -> str:
    marks = [(each, each.marked(within)) for each in told]
    right = [len(mark & (each.best | each.also)) / len(mark) for each, mark in marks]
    first = [bool(mark & each.best) for each, mark in marks]
    return (
        f"rightly marked {np.mean(right):.3f}, one to read first among them {np.mean(first):.3f},"
        f" marked {np.mean([len(mark) for _, mark in marks]):.2f}, of {len(told)} questions"
    )


def read(
    knowledge: Knowledge,
    file: Path,
    of_texts: Callable[[Sequence[str]], Vectors],
    of_query: Callable[[str], Vectors],
) -> Iterator[Told]:
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = knowledge.library.quote(row["passage"]).text
        parts = [text[start:end] for start, end in sentences(text)]
        yield Told(
            of_texts(parts) @ of_query(row["q"]),
            frozenset(map(parts.index, row["best"])),
            frozenset(map(parts.index, row["also"])),
        )


if __name__ == "__main__":
    main()

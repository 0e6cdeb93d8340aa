"""Which sentences of a passage are marked as those that answer. `python -m bench.sentences`.

Two people who had seen no code told of questions and the passages that answer them which sentences
to read first (`best`), and which others may be marked as well (`also`). How near another sentence
has to be is chosen on what one of them said, and told on what the other said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.settings import Settings
from knowledge import Knowledge
from knowledge.encoder import Vectors
from knowledge.sentences import sentences

SETS = Path(__file__).parents[1] / "tests" / "knowledge" / "sentences"
TO_CHOOSE, TO_TELL = SETS / "trainer.jsonl", SETS / "manager.jsonl"
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
    for name, file in (("to choose by", TO_CHOOSE), ("to tell", TO_TELL)):
        told = list(read(knowledge, file))
        print(f"{name}: {file.stem}, {len(told)} questions")
        for within in TRIED:
            marks = [(each, each.marked(within)) for each in told]
            right = [len(mark & (each.best | each.also)) / len(mark) for each, mark in marks]
            first = [bool(mark & each.best) for each, mark in marks]
            print(
                f"  within {within:.2f}: rightly marked {np.mean(right):.3f},"
                f" one to read first among them {np.mean(first):.3f},"
                f" marked {np.mean([len(mark) for _, mark in marks]):.2f}"
            )


def read(knowledge: Knowledge, file: Path) -> Iterator[Told]:
    encoder, library = knowledge.encoder, knowledge.library
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = library.quote(row["passage"]).text
        parts = [text[start:end] for start, end in sentences(text)]
        yield Told(
            encoder.retrieval(parts) @ encoder.retrieval_query(row["q"]),
            frozenset(map(parts.index, row["best"])),
            frozenset(map(parts.index, row["also"])),
        )


if __name__ == "__main__":
    main()

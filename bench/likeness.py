"""How well alike questions are put together. `python -m bench.likeness`.

The questions of `tests/asked/alike.yaml` are grouped as those at `/manage/asked` are. How far apart
they may be is chosen on one half of them, by F0.5, and what that does is told of the other half.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.asked.groups import Linkage, Vectors, together
from bot.settings import Settings
from knowledge.encoder import Encoder

SET = Path(__file__).parents[1] / "tests" / "asked" / "alike.yaml"
TRIED = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
BEFORE: tuple[Linkage, float] = ("average", 0.55)
"""What was in use until 30 November 2026."""


@dataclass(frozen=True)
class Half:
    """`belongs`: for each pair of its questions whether they stand in one group of the set."""

    vectors: Vectors
    belongs: NDArray[np.bool_]

    def grouped(self, linkage: Linkage, apart: float) -> Grouped:
        labels = together(self.vectors, apart, linkage)
        joined = same(labels)
        right = int((joined & self.belongs).sum())
        return Grouped(int(labels.max()) + 1, int(joined.sum()), right, int(self.belongs.sum()))


@dataclass(frozen=True)
class Grouped:
    """How many groups there are, and of the pairs: put together, rightly so, and wanted so."""

    groups: int
    joined: int
    right: int
    wanted: int

    @property
    def score(self) -> float:
        """F0.5: a pair that is wrongly together counts more than one that is wrongly apart."""
        return 1.25 * self.right / (self.joined + 0.25 * self.wanted)

    def __str__(self) -> str:
        return (
            f"{self.groups} groups; of {self.joined} pairs put together {self.right} rightly;"
            f" of {self.wanted} that belong together {self.right} are; F0.5 {self.score:.3f}"
        )


def main() -> None:
    encoder = Encoder.open(Settings.read().models_dir)
    read = yaml.safe_load(SET.read_text("utf-8"))
    choose, report = (half(encoder, read[name]) for name in ("choose", "report"))
    scored = {way: choose.grouped(*way).score for way in ways()}
    for (linkage, apart), score in scored.items():
        print(f"{linkage} {apart:.2f}: F0.5 {score:.3f}")
    best = max(scored, key=lambda way: scored[way])
    for said, way in (("chosen", best), ("before", BEFORE)):
        print(f"{said}: {way[0]} {way[1]:.2f}")
        print(f"  chosen on: {choose.grouped(*way)}")
        print(f"  reported on: {report.grouped(*way)}")


def half(encoder: Encoder, groups: list[list[str]]) -> Half:
    numbers = [number for number, group in enumerate(groups) for _ in group]
    texts = [question for group in groups for question in group]
    return Half(encoder.retrieval(texts), same(np.array(numbers)))


def ways() -> Iterator[tuple[Linkage, float]]:
    for linkage in get_args(Linkage):
        yield from ((linkage, apart) for apart in TRIED)


def same(labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each pair of questions whether both have one label."""
    pairs = np.triu_indices(len(labels), 1)
    found: NDArray[np.bool_] = labels[pairs[0]] == labels[pairs[1]]
    return found


if __name__ == "__main__":
    main()

"""How well the passages of a new edition are told to be those of the old one.

`python -m bench.revision FOLDER ...` reads every document of the folders, makes altered editions of
them (`bench.altered`), and prints for several thresholds how many passages keep the right id.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from bench.altered import Altered, altered, stored
from knowledge.importing import ProposedPassage, read_document
from knowledge.revision import align, matching
from knowledge.tuning.imports import documents_in

SEEDS = range(5)
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
CONTEXTS = (0.0, 0.05, 0.15)
MANY = 3000


@dataclass(frozen=True)
class Score:
    """Counts of old passages. `kept` and `lost` are of those that go on, `lost` being called
    removed; `another` got the id of a passage that is not theirs; `gone` were deleted, and said to
    be so."""

    kept: int
    lost: int
    another: int
    gone: int

    def __add__(self, other: Score) -> Score:
        return Score(
            self.kept + other.kept,
            self.lost + other.lost,
            self.another + other.another,
            self.gone + other.gone,
        )


def score(edition: Altered) -> Score:
    """A paragraph that was joined to another may be called removed: its id goes on in that one."""
    places = {passage.id: at for at, passage in enumerate(edition.old)}
    new = iter(edition.sources)
    counts: Counter[str] = Counter()
    goes_on = {at for sources in edition.sources for at in sources}
    matched: set[int] = set()
    for change in align(edition.old, edition.new):
        sources = next(new) if change.after else ()
        if change.before is None:
            continue
        at = places[change.before.id]
        if change.after is None:
            counts["gone" if at not in goes_on else "lost"] += 1
        else:
            counts["kept" if at in sources else "another"] += 1
            matched.update(sources)
    joined = {at for sources in edition.sources if len(sources) > 1 for at in sources[1:]}
    lost = max(0, counts["lost"] - len(joined))
    return Score(counts["kept"], lost, counts["another"], counts["gone"])


def editions(documents: Sequence[Sequence[ProposedPassage]]) -> Iterator[Altered]:
    for number, passages in enumerate(documents):
        strangers = [each for other in documents if other is not passages for each in other]
        for seed in SEEDS:
            yield altered(passages, strangers, seed * 100 + number)


def total(made: Sequence[Altered]) -> Score:
    return sum((score(each) for each in made), Score(0, 0, 0, 0))


def main(folders: Sequence[Path]) -> None:
    files = [file for folder in folders for file in documents_in(folder)]
    documents = [read_document(file).passages for file in files]
    made = list(editions(documents))
    table = Table(
        "least alike", "context counts", "kept", "lost", "another's id", "rightly removed"
    )
    chosen = matching.ALIKE, matching.CONTEXT_COUNTS
    for alike in THRESHOLDS:
        for context in CONTEXTS:
            matching.ALIKE, matching.CONTEXT_COUNTS = alike, context
            found = total(made)
            table.add_row(
                f"{alike}",
                f"{context}",
                *map(str, (found.kept, found.lost, found.another, found.gone)),
            )
    matching.ALIKE, matching.CONTEXT_COUNTS = chosen
    Console().print(table)
    print(f"{len(files)} documents, {sum(map(len, documents))} passages, {len(made)} editions")
    timed(documents)


def timed(documents: Sequence[Sequence[ProposedPassage]]) -> None:
    every = [each for passages in documents for each in passages]
    many = [every[at % len(every)] for at in range(MANY)]
    began = perf_counter()
    edition = altered(many, every, 0)
    made = perf_counter()
    align(stored("900", many), edition.new)
    print(
        f"{MANY} passages: made in {made - began:.1f} s, aligned in {perf_counter() - made:.1f} s"
    )


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])

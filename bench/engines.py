"""Whether search in Postgres finds what search in memory does.

`FP_SEARCH_ENGINE=postgres FP_DATABASE_URL=… python -m bench.engines SETS` asks both every question
that the content knows, and those of the sets. It prints counts and no text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.container import engine_of
from bot.evaluation.items import read_items
from bot.settings import Settings
from knowledge.findings import Findings
from knowledge.knowledge import Knowledge

SHOWN = 3
"""As many as a reply shows."""


@dataclass(frozen=True)
class Agreement:
    """Of `questions` how many have the same first passage, the same three in any order, and the
    same verdict, that something answers or nothing does."""

    questions: int
    first: int
    three: int
    verdict: int

    @classmethod
    def of(cls, pairs: Sequence[tuple[Findings, Findings]]) -> Agreement:
        return cls(
            len(pairs),
            sum(ids(one)[:1] == ids(other)[:1] for one, other in pairs),
            sum(set(ids(one)) == set(ids(other)) for one, other in pairs),
            sum(one.verdict == other.verdict for one, other in pairs),
        )

    def __str__(self) -> str:
        return (
            f"of {self.questions:,} questions {self.first:,} with the same passage first,"
            f" {self.three:,} with the same three, {self.verdict:,} with the same verdict"
        )


def ids(found: Findings) -> list[str]:
    return [hit.passage_id for hit in found.hits]


def agreement(one: Knowledge, other: Knowledge, questions: Iterable[str]) -> Agreement:
    return Agreement.of([(one.search(q, SHOWN), other.search(q, SHOWN)) for q in questions])


def known(knowledge: Knowledge) -> Iterator[str]:
    """The questions of passages, of gaps, and of what is out of scope."""
    for asked in knowledge.questions.answered.values():
        yield from asked
    for kind in (knowledge.questions.gaps, knowledge.questions.out_of_scope):
        for topic in kind.values():
            yield from topic.questions


def main(sets: Sequence[str]) -> None:
    settings = Settings.read()
    in_memory = Knowledge.open(settings.state_dir)
    other = Knowledge.open(settings.state_dir, opens=engine_of(settings))
    print(f"the content: {agreement(in_memory, other, known(in_memory))}", flush=True)
    asked = [item.q for each in sets for item in read_items(Path(each), in_memory.library)]
    print(f"the sets: {agreement(in_memory, other, asked)}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Every item through a system, and what that adds up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.evaluation.baselines import Ranking, System
from bot.evaluation.items import Item
from bot.evaluation.measures import Share, mean, ndcg
from knowledge.library import Library

QUOTED = 3


@dataclass(frozen=True)
class SystemResult:
    item: Item
    ranking: Ranking
    grades: tuple[int, ...]
    possible: tuple[int, ...]
    length: int

    def hit(self, depth: int, grade: int = 1) -> bool:
        return any(found >= grade for found in self.grades[:depth])

    @property
    def refused(self) -> bool:
        return self.ranking.verdict not in ("answerable", None)


def run(system: System, items: Iterable[Item], library: Library) -> list[SystemResult]:
    return [_result(system, item, library) for item in items]


def _result(system: System, item: Item, library: Library) -> SystemResult:
    ranking = system(item)
    grades = {p.id: item.grade(p.document_id, p.text) for p in library.passages.values()}
    return SystemResult(
        item,
        ranking,
        tuple(grades[passage_id] for passage_id in ranking.passages),
        tuple(grade for grade in grades.values() if grade),
        sum(len(library.passages[p].text) for p in ranking.passages[:QUOTED]),
    )


@dataclass(frozen=True)
class Scores:
    """The measures of one system over one set of results."""

    first: Share
    first_grade_2: Share
    three: Share
    three_grade_2: Share
    ndcg: float
    length: float
    false_refusals: Share
    hard_negatives: Share
    out_of_scope: Share

    @classmethod
    def of(cls, results: Sequence[SystemResult]) -> Scores:
        answers = [r for r in results if r.item.kind == "answer"]
        return cls(
            Share.of(r.hit(1) for r in answers),
            Share.of(r.hit(1, 2) for r in answers),
            Share.of(r.hit(3) for r in answers),
            Share.of(r.hit(3, 2) for r in answers),
            mean(ndcg(r.grades, r.possible) for r in answers),
            mean(r.length for r in answers),
            Share.of(r.refused for r in answers),
            Share.of(r.refused for r in results if r.item.kind == "abstain"),
            Share.of(
                r.ranking.verdict == "out_of_scope"
                for r in results
                if r.item.kind == "out_of_scope"
            ),
        )


def grouped(
    results: Sequence[SystemResult], keys: Callable[[Item], Iterable[str]]
) -> dict[str, list[SystemResult]]:
    groups: dict[str, list[SystemResult]] = {}
    for result in results:
        for key in keys(result.item):
            groups.setdefault(key, []).append(result)
    return dict(sorted(groups.items()))


def misses(results: Sequence[SystemResult]) -> list[SystemResult]:
    """Answers not first or refused, and questions answered that nothing answers."""
    return [
        r
        for r in results
        if (r.item.kind == "answer" and (r.refused or not r.hit(1)))
        or (r.item.kind in ("abstain", "out_of_scope") and not r.refused)
    ]

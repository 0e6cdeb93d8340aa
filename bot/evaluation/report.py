"""The evaluation as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.evaluation.items import Item
from bot.evaluation.measures import Share
from bot.evaluation.scores import Scores, SystemResult, grouped, misses

ROWS = (
    ("Right passage first (grade 1 or 2)", "first", ".85"),
    ("Right passage first (grade 2)", "first_grade_2", ""),
    ("Right passage among the first three (grade 1 or 2)", "three", ".95"),
    ("Right passage among the first three (grade 2)", "three_grade_2", ""),
    ("nDCG at 10", "ndcg", ""),
    ("Characters in the first three passages", "length", ""),
    ("Answerable questions refused", "false_refusals", "at most .07"),
    ("Hard negatives refused", "hard_negatives", ".85"),
    ("Out of scope refused as such", "out_of_scope", ".98"),
)
DECISIONS = ("false_refusals", "hard_negatives", "out_of_scope")


def report(
    file: Path,
    results: Mapping[str, Sequence[SystemResult]],
    wordings: Share | None,
    conversations: Mapping[str, Share | str] | None,
) -> str:
    """`results` by system, ours first. `conversations` are measures of a running assistant."""
    ours = next(iter(results.values()))
    parts = [
        "# Evaluation",
        f"Measured by `principles eval {file}` on {len(ours)} questions. Each share is followed by"
        " its 95 % interval. The development questions, and the misses on them, were read while"
        " the project's own questions were written, so figures on them flatter: expect less on a"
        " set nobody has seen.",
        "## Search",
        _systems(results),
    ]
    if wordings:
        parts.append(f"Same passage for two wordings of one question: {wordings} (goal .90).")
    for title, keys in (("By style", _style), ("By document", _documents)):
        parts += [f"## {title}", _groups(grouped(_answers(ours), keys))]
    if conversations:
        parts += ["## In conversation", _pairs(conversations)]
    return "\n\n".join(parts) + "\n"


def miss_lines(results: Iterable[SystemResult]) -> str:
    """Every miss, one a line: id, kind, verdict, question, first three passages."""
    lines = (
        "\t".join(
            [
                r.item.id,
                r.item.kind,
                str(r.ranking.verdict),
                r.item.q,
                " ".join(r.ranking.passages[:3]),
            ]
        )
        for r in misses(list(results))
    )
    return "".join(f"{line}\n" for line in lines)


def _systems(results: Mapping[str, Sequence[SystemResult]]) -> str:
    scores = {name: Scores.of(found) for name, found in results.items()}
    head = ["measure", "goal", *scores]
    rows = [
        [label, goal, *(_cell(s, field, declines=n == 0) for n, s in enumerate(scores.values()))]
        for label, field, goal in ROWS
    ]
    return _table(head, rows)


def _cell(scores: Scores, field: str, *, declines: bool) -> str:
    if field in DECISIONS and not declines:
        return "never declines"
    value = getattr(scores, field)
    if isinstance(value, Share):
        return str(value)
    return f"{value:.0f}" if field == "length" else f"{value:.3f}"


def _groups(groups: Mapping[str, Sequence[SystemResult]]) -> str:
    rows = []
    for name, results in groups.items():
        scores = Scores.of(results)
        rows.append([name, str(scores.first), str(scores.three), str(scores.false_refusals)])
    return _table(["", "first", "among three", "refused"], rows)


def _pairs(values: Mapping[str, Share | str]) -> str:
    return _table(["measure", "value"], [[name, str(value)] for name, value in values.items()])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _answers(results: Sequence[SystemResult]) -> list[SystemResult]:
    return [r for r in results if r.item.kind == "answer"]


def _style(item: Item) -> list[str]:
    return [item.style]


def _documents(item: Item) -> list[str]:
    return sorted({gold.doc for gold in item.gold if gold.grade == max(g.grade for g in item.gold)})

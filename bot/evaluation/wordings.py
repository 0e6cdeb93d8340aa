"""Whether two wordings of one question lead to the same passage."""

from __future__ import annotations

from pathlib import Path

from bot.evaluation.measures import Share
from knowledge.errors import ContentError, Location
from knowledge.knowledge import Knowledge


def read_wordings(file: Path) -> list[tuple[str, str]]:
    """Pairs of wordings, one pair a line with a tab between. Raises ContentError."""
    pairs = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        one, tab, other = line.partition("\t")
        if not tab or not other.strip():
            raise ContentError.at(
                Location.of(file, number), "needs two wordings with a tab between"
            )
        pairs.append((one.strip(), other.strip()))
    return pairs


def consistency(knowledge: Knowledge, pairs: list[tuple[str, str]]) -> Share:
    """The share of pairs whose first passages are one passage, or say the same."""
    groups = knowledge.relations.group_of

    def first(wording: str) -> frozenset[str]:
        passage_id = knowledge.search(wording, 1).hits[0].passage_id
        return groups.get(passage_id, frozenset([passage_id]))

    return Share.of(first(one) == first(other) for one, other in pairs)

"""What each mistake costs, from one file that a safeguarding lead reads; what costs least."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, cast

from pydantic import Field

from knowledge.library import FOLDER
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

Cost = Annotated[float, Field(ge=0)]
Caution = Literal["interrupt", "caution", "nothing"]
Act = Literal["answers", "closest", "not_covered", "outside"]


class IfDanger(Strict):
    danger: Cost
    calm: Cost


class DangerCosts(Strict):
    interrupt: IfDanger
    caution: IfDanger
    nothing: IfDanger


class IfCare(Strict):
    care: Cost
    calm: Cost


class CareCosts(Strict):
    interrupt: IfCare
    caution: IfCare
    nothing: IfCare


class IfAnswered(Strict):
    answered: Cost
    gap: Cost
    outside: Cost


class AnswerCosts(Strict):
    answers: IfAnswered
    closest: IfAnswered
    not_covered: IfAnswered
    outside: IfAnswered


class Costs(Strict):
    danger: DangerCosts
    care: CareCosts
    answer: AnswerCosts

    @classmethod
    def read(cls, folder: Path = FOLDER) -> Costs:
        """Raises ContentError for a file that cannot be used."""
        return validated(YamlSource.read(folder / "costs.yaml"), cls)

    def of_care(self, chance: float) -> Caution:
        """What to do where somebody must be answered with care with this chance."""
        act = _cheapest(self.care.model_dump(), {"care": chance, "calm": 1 - chance})
        return cast(Caution, act)

    def of_danger(self, chance: float) -> Caution:
        """What to do where a life may be at stake with this chance."""
        act = _cheapest(self.danger.model_dump(), {"danger": chance, "calm": 1 - chance})
        return cast(Caution, act)

    def of_answer(self, answered: float, gap: float, outside: float) -> Act:
        """What to do with these chances, which add up to 1."""
        chances = {"answered": answered, "gap": gap, "outside": outside}
        return cast(Act, _cheapest(self.answer.model_dump(), chances))


def _cheapest(table: Mapping[str, Mapping[str, float]], chances: Mapping[str, float]) -> str:
    """Of two that cost the same, the one that the file names first."""
    expected = {
        act: sum(costs[case] * chance for case, chance in chances.items())
        for act, costs in table.items()
    }
    return min(expected, key=lambda act: expected[act])

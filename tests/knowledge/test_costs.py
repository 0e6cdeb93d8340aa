from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest

from knowledge.costs import Act, Caution, Costs
from knowledge.errors import ContentError
from knowledge.library import FOLDER

COSTS = Costs.read()


def changed(folder: Path, old: str, new: str) -> Costs:
    path = Path(copy(FOLDER / "costs.yaml", folder))
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return Costs.read(folder)


# Of the costs as they are shipped: 1 against 32 for a caution, 12 against 3 for an interruption.
@pytest.mark.parametrize(
    ("chance", "act"),
    [
        (0.0, "nothing"),
        (0.02, "nothing"),
        (0.06, "caution"),
        (0.79, "caution"),
        (0.81, "interrupt"),
        (1.0, "interrupt"),
    ],
)
def test_what_costs_least_is_done_of_danger(chance: float, act: Caution) -> None:
    assert COSTS.of_danger(chance) == act


def test_more_danger_never_means_less_caution() -> None:
    order = ["nothing", "caution", "interrupt"]
    acts = [order.index(COSTS.of_danger(chance / 100)) for chance in range(101)]
    assert acts == sorted(acts)


@pytest.mark.parametrize(
    ("answered", "gap", "outside", "act"),
    [
        (1.0, 0.0, 0.0, "answers"),
        (0.5, 0.5, 0.0, "closest"),
        (0.0, 1.0, 0.0, "not_covered"),
        (0.0, 0.0, 1.0, "outside"),
    ],
)
def test_what_costs_least_is_answered(
    answered: float, gap: float, outside: float, act: Act
) -> None:
    assert COSTS.of_answer(answered, gap, outside) == act


def test_of_two_that_cost_the_same_the_more_careful_is_done() -> None:
    alike = {"danger": 2, "calm": 2}
    table = {"interrupt": alike, "caution": alike, "nothing": alike}
    costs = Costs.model_validate({**COSTS.model_dump(), "danger": table})
    assert costs.of_danger(0.5) == "interrupt"


def test_a_lead_who_changes_a_number_changes_what_is_done(tmp_path: Path) -> None:
    dearer = changed(
        tmp_path, "interrupt: {danger: 0, calm: 13}", "interrupt: {danger: 0, calm: 90}"
    )
    assert COSTS.of_danger(0.9) == "interrupt"
    assert dearer.of_danger(0.9) == "caution"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("nothing: {danger: 35, calm: 0}", "nothing: {danger: -1, calm: 0}", r":14: .*0.0 or more"),
        (
            "nothing: {danger: 35, calm: 0}",
            "nothing: {danger: much, calm: 0}",
            r":14: .*valid number",
        ),
        ("nothing: {danger: 35, calm: 0}", "nothing: {danger: 20}", "'calm' is missing"),
        ("caution: {danger: 3, calm: 1}", "cautions: {danger: 3, calm: 3}", "cautions"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(ContentError, match=r"costs\.yaml") as refused:
        changed(tmp_path, old, new)
    assert refused.match(problem)

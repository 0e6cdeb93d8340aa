from __future__ import annotations

from datetime import date, timedelta

from bot.induction import Programme
from bot.induction.progress import ModuleResult
from bot.induction.refresher import due

TODAY = date(2026, 11, 23)


def test_after_a_month_each_question_comes_once_and_what_was_missed_comes_first(
    programme: Programme,
) -> None:
    module = programme.modules[0]
    ids = [question.id for question in module.quiz]
    missed = ids[-1]
    result = ModuleResult(
        module=module.id,
        finished=TODAY - timedelta(days=28),
        score=len(ids) - 1,
        asked=len(ids),
        missed=(missed,),
        version="v",
        answered=TODAY - timedelta(days=28),
    )
    asked = due(programme, {module.id: result}, {module.id: "v"}, TODAY)
    assert [each.question for each in asked] == [missed, *ids[:-1]]

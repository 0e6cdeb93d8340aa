"""A learner who uses the induction is kept; one who stays away is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.induction.codes import learner_id
from bot.induction.progress import ModuleResult, Progress
from bot.storage.engine import open_store
from tests.shipped import LESSONS

KEPT = timedelta(days=400)
A_DAY = timedelta(days=1)
RESULT = ModuleResult("child-first", date(2026, 11, 23), 3, 4, ("q2",), "v1", date(2026, 11, 24))

Use = Callable[[Progress, str], object]


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Progress:
    return Progress(open_store(f"sqlite:///{tmp_path / 'store.db'}"), clock)


USES: dict[str, Use] = {
    "saves a result": lambda progress, learner: progress.save(learner, RESULT),
    "reads the results": lambda progress, learner: progress.of(learner),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_whoever_comes_back_is_kept(kept: Progress, clock: Clock, use: Use) -> None:
    learner = learner_id(kept.join())
    for _ in range(3):
        clock.time += KEPT - A_DAY
        use(kept, learner)
        assert kept.expire(KEPT) == 0
    clock.time += KEPT + A_DAY
    assert kept.expire(KEPT) == 1
    assert not kept.knows(learner)
    assert kept.of(learner) == {}


def test_only_who_stayed_away_is_forgotten(kept: Progress, clock: Clock) -> None:
    away, here = learner_id(kept.join()), learner_id(kept.join())
    kept.save(away, RESULT)
    clock.time += KEPT
    kept.save(here, RESULT)
    clock.time += A_DAY
    assert kept.expire(KEPT) == 1
    assert kept.of(here) == {RESULT.module: RESULT}
    assert kept.completion(LESSONS.programme.passes) == [1]


def test_to_ask_whether_a_learner_is_known_writes_nothing(kept: Progress, clock: Clock) -> None:
    learner = learner_id(kept.join())
    said: list[str] = []
    event.listen(kept.engine, "before_cursor_execute", lambda *called: said.append(str(called[2])))
    assert kept.knows(learner)
    assert [statement.split()[0] for statement in said] == ["SELECT"]
    clock.time += KEPT + A_DAY
    assert kept.knows(learner)
    assert kept.expire(KEPT) == 1


def test_a_result_of_nobody_is_not_kept(kept: Progress) -> None:
    kept.save("nobody", RESULT)
    assert kept.of("nobody") == {}
    assert kept.completion(LESSONS.programme.passes) == []

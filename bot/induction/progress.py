"""What a learner keeps: modules, dates and scores, under a code that only they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select, update

from bot.induction.codes import learner_id, new_code
from bot.storage.tables import learner_results as results
from bot.storage.tables import learners


@dataclass(frozen=True)
class ModuleResult:
    """A quiz of a module that was answered whole: what is kept of it.

    `score` is the better one where it was answered more than once, and `finished` its day; `missed`
    has the ids of the questions to ask again, counted from the day when it was last `answered`.
    """

    module: str
    finished: date
    score: int
    asked: int
    missed: tuple[str, ...]
    version: str
    answered: date


def utc_now() -> datetime:
    return datetime.now(UTC)


class Progress:
    """The store of results. Nobody's name, nothing typed, no answer given.

    `join`, `save` and `of` are done by a learner, and each counts as a use: see `expire`.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self.engine = engine
        self._now = now

    def join(self) -> str:
        """A new learner's code. It is kept nowhere here and cannot be read back."""
        code = new_code()
        with self.engine.begin() as db:
            db.execute(insert(learners).values(id=learner_id(code), last_used=self._now()))
        return code

    def knows(self, learner: str) -> bool:
        with self.engine.connect() as db:
            return (
                db.execute(select(learners.c.id).where(learners.c.id == learner)).first()
                is not None
            )

    def save(self, learner: str, result: ModuleResult) -> None:
        """Keep the result in place of an earlier one of the same module.

        Of a learner who is not known nothing is kept.
        """
        values = {
            "finished": result.finished,
            "score": result.score,
            "asked": result.asked,
            "missed": " ".join(result.missed),
            "version": result.version,
            "answered": result.answered,
        }
        mine = (results.c.learner == learner) & (results.c.module == result.module)
        with self.engine.begin() as db:
            if not self._used(db, learner):
                return
            if db.execute(update(results).where(mine).values(values)).rowcount == 0:
                row = {"learner": learner, "module": result.module, **values}
                db.execute(insert(results).values(row))

    def of(self, learner: str) -> dict[str, ModuleResult]:
        """Results by module, for the learner; empty for one who is not known."""
        with self.engine.begin() as db:
            self._used(db, learner)
            rows = db.execute(select(results).where(results.c.learner == learner))
            return {
                row.module: ModuleResult(
                    row.module,
                    row.finished,
                    row.score,
                    row.asked,
                    tuple(row.missed.split()),
                    row.version,
                    row.answered or row.finished,
                )
                for row in rows
            }

    def completion(self, passes: Callable[[int, int], bool]) -> list[int]:
        """For a manager's view: how many modules each learner has passed, and no more. `passes`
        says it of so many right answers to so many questions."""
        scores = select(results.c.learner, results.c.score, results.c.asked)
        with self.engine.connect() as db:
            counts: dict[str, int] = dict.fromkeys(db.scalars(select(learners.c.id)), 0)
            for learner, score, asked in db.execute(scores):
                counts[learner] += passes(score, asked)
        return sorted(counts.values(), reverse=True)

    def forget(self, learner: str) -> None:
        with self.engine.begin() as db:
            db.execute(delete(results).where(results.c.learner == learner))
            db.execute(delete(learners).where(learners.c.id == learner))

    def expire(self, kept: timedelta) -> int:
        """Forget every learner who has not come back for `kept`; how many that were."""
        gone = learners.c.last_used < self._now() - kept
        theirs = results.c.learner.in_(select(learners.c.id).where(gone))
        with self.engine.begin() as db:
            db.execute(delete(results).where(theirs))
            return db.execute(delete(learners).where(gone)).rowcount

    def _used(self, db: Connection, learner: str) -> bool:
        """Notes that the learner was here just now; whether there is such a learner."""
        here = update(learners).where(learners.c.id == learner).values(last_used=self._now())
        return db.execute(here).rowcount == 1

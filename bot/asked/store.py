"""The questions asked and the counts, as they are kept: by the day, under marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, cast, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.asked.contribution import AskedKind, AskedQuestion, Event, UsageEvent
from bot.asked.marks import FORGOTTEN, UNKNOWN
from bot.storage.engine import empty_journal
from bot.storage.tables import asked_questions, settled_questions, usage_counts

Settled = Literal["hidden", "question", "gap"]
"""What became of a question: it is not for us, it is written for a passage, or it is a gap."""
SETTLED: tuple[Settled, ...] = get_args(Settled)


@dataclass(frozen=True)
class AskedTally:
    """A question with how often it was asked. `kinds`, `areas` and `editions`: of its askings;
    `passages`: what was shown to the last of them. `marks`: of the conversations that are known to
    have asked it."""

    text: str
    count: int
    first: date
    last: date
    kinds: tuple[AskedKind, ...]
    areas: tuple[str, ...]
    editions: tuple[str, ...]
    passages: tuple[str, ...]
    marks: frozenset[str] = frozenset()


class AskedStore:
    """Synchronous and quick: one statement for each thing that is added."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, questions: Iterable[AskedQuestion] = (), counted: Iterable[UsageEvent] = ()
    ) -> None:
        """Once more each. In order, so that two turns at once do not wait for each other."""
        with self._engine.begin() as connection:
            for question in sorted(questions):
                row = _key(question) | {"passages": " ".join(question.passages)}
                self._count_up(connection, asked_questions, row)
            for each in sorted(counted):
                self._count_up(connection, usage_counts, _key(each))

    def take_back(
        self,
        connection: Connection,
        questions: Iterable[AskedQuestion] = (),
        counted: Iterable[UsageEvent] = (),
    ) -> None:
        """Once less each, where there is any, within the caller's transaction."""
        for question in sorted(questions):
            self._count_down(connection, asked_questions, _key(question))
        for each in sorted(counted):
            self._count_down(connection, usage_counts, _key(each))

    def unmark(self, connection: Connection, marks: Collection[str]) -> None:
        """What is counted under them stays counted, and of no conversation, within the caller's
        transaction."""
        here = usage_counts.c.mark.in_(sorted(marks))
        rows = connection.execute(select(usage_counts).where(here)).mappings().all()
        connection.execute(delete(usage_counts).where(here))
        for row in rows:
            key = {name: row[name] for name in _names(usage_counts)} | {"mark": FORGOTTEN}
            self._count_up(connection, usage_counts, key, row["times"])

    def exchange(
        self,
        before: tuple[Sequence[AskedQuestion], Sequence[UsageEvent]],
        after: tuple[Sequence[AskedQuestion], Sequence[UsageEvent]],
    ) -> None:
        """What a turn added `before` is no longer counted, and `after` is."""
        with self._engine.begin() as connection:
            self.take_back(connection, *before)
        self.add(*after)

    def asked(
        self,
        since: date,
        until: date | None = None,
        kinds: Collection[AskedKind] = (),
        area: str | None = None,
        *,
        dealt_with: bool = False,
    ) -> list[AskedTally]:
        """The most asked first; of all kinds where none is named. What is settled is left out,
        unless it was asked again after a question or a gap was written for it; with `dealt_with`
        only what was hidden is."""
        rows, settled = self._rows(since, until, kinds, area), self.settled()
        tallies: dict[str, AskedTally] = {}
        for question, count in rows:
            how, on = settled.get(question.text, (None, date.min))
            if how == "hidden" or (how and question.day <= on and not dealt_with):
                continue
            one = _tally(question, count)
            before = tallies.get(question.text)
            tallies[question.text] = _both(before, one) if before else one
        return sorted(tallies.values(), key=lambda each: (-each.count, each.text))

    def settle(self, texts: Iterable[str], how: Settled, today: date) -> None:
        with self._engine.begin() as connection:
            for text in sorted(set(texts)):
                connection.execute(
                    delete(settled_questions).where(settled_questions.c.text == text)
                )
                connection.execute(
                    insert(settled_questions).values(text=text, how=how, settled_on=today)
                )

    def settled(self) -> dict[str, tuple[Settled, date]]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(settled_questions)).all()
        return {row.text: (cast(Settled, row.how), row.settled_on) for row in rows}

    def written_since(self, since: date) -> list[str]:
        """The questions that were written for a passage or as a gap on that day or later."""
        found = self.settled().items()
        return sorted(text for text, (how, on) in found if how != "hidden" and on >= since)

    def unsettle(self, texts: Collection[str]) -> None:
        """They wait for somebody again."""
        with self._engine.begin() as connection:
            for text in sorted(texts):
                connection.execute(
                    delete(settled_questions).where(settled_questions.c.text == text)
                )

    def first_counted(self) -> date | None:
        """The first day of which anything was counted."""
        with self._engine.connect() as connection:
            found: date | None = connection.scalar(select(func.min(usage_counts.c.day)))
        return found

    def counts(self, since: date, until: date) -> list[tuple[UsageEvent, int]]:
        """Of the days from `since` to `until`, both within."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(usage_counts)
                .where(usage_counts.c.day >= since, usage_counts.c.day <= until)
                .order_by(*usage_counts.primary_key.columns)
            ).all()
        return [
            (
                UsageEvent(
                    row.day, row.area, row.edition, cast(Event, row.event), row.flow, row.mark
                ),
                row.times,
            )
            for row in rows
        ]

    def expire(self, today: date, days: int | None) -> int:
        """Removes what is older than `days`, or all of it without; how many rows. What is noted of
        a question goes with the last of it. Counts hold no words and stay."""
        with self._engine.begin() as connection:
            old = delete(asked_questions)
            if days is not None:
                old = old.where(asked_questions.c.day < today - timedelta(days=days))
            removed = connection.execute(old).rowcount
            left = select(asked_questions.c.text)
            connection.execute(
                delete(settled_questions).where(settled_questions.c.text.not_in(left))
            )
        if removed:
            empty_journal(self._engine)
        return removed

    def _rows(
        self, since: date, until: date | None, kinds: Collection[AskedKind], area: str | None
    ) -> list[tuple[AskedQuestion, int]]:
        columns = asked_questions.c
        wanted: list[ColumnElement[bool]] = [columns.day >= since]
        wanted += [columns.day <= until] if until else []
        wanted += [columns.kind.in_(sorted(kinds))] if kinds else []
        wanted += [columns.area == area] if area is not None else []
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(asked_questions)
                .where(and_(*wanted))
                .order_by(*asked_questions.primary_key.columns)
            ).all()
        return [
            (
                AskedQuestion(
                    row.day,
                    row.text,
                    cast(AskedKind, row.kind),
                    row.area,
                    row.edition,
                    tuple(row.passages.split()),
                    row.mark,
                ),
                row.times,
            )
            for row in rows
        ]

    def _count_up(
        self, connection: Connection, table: Table, row: Mapping[str, Any], by: int = 1
    ) -> None:
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        upsert = dialect.insert(table).values(**row, times=by)
        changed: dict[str, Any] = {"times": table.c.times + by}
        if "passages" in row:
            changed["passages"] = row["passages"]
        keys = list(table.primary_key.columns)
        connection.execute(upsert.on_conflict_do_update(index_elements=keys, set_=changed))

    def _count_down(self, connection: Connection, table: Table, key: Mapping[str, Any]) -> None:
        """What was counted before there were marks is found without one."""
        for tried in (key, {**key, "mark": UNKNOWN}):
            here = and_(*(table.c[name] == value for name, value in tried.items()))
            less = update(table).where(here).values(times=table.c.times - 1)
            if connection.execute(less).rowcount:
                connection.execute(delete(table).where(here, table.c.times < 1))
                return


def _key(each: AskedQuestion | UsageEvent) -> dict[str, Any]:
    table = asked_questions if isinstance(each, AskedQuestion) else usage_counts
    return {name: getattr(each, name) for name in _names(table)}


def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key.columns)


def _tally(question: AskedQuestion, count: int) -> AskedTally:
    return AskedTally(
        question.text,
        count,
        question.day,
        question.day,
        (question.kind,),
        (question.area,),
        (question.edition,),
        question.passages,
        frozenset({question.mark} - {UNKNOWN}),
    )


def _both(one: AskedTally, later: AskedTally) -> AskedTally:
    """`later` is of the same day or a later one."""
    return replace(
        one,
        count=one.count + later.count,
        last=later.last,
        kinds=tuple(dict.fromkeys((*one.kinds, *later.kinds))),
        areas=tuple(dict.fromkeys((*one.areas, *later.areas))),
        editions=tuple(dict.fromkeys((*one.editions, *later.editions))),
        passages=later.passages or one.passages,
        marks=one.marks | later.marks,
    )

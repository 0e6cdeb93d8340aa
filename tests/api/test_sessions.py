"""A sign-in ends by itself after its time, and early when somebody signs out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.api.sessions import ID, Sessions
from bot.storage.engine import open_store
from bot.storage.tables import ended_sessions

HOUR_S = 3600


class Clock:
    time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock, tmp_path: Path) -> Sessions:
    return Sessions(open_store(f"sqlite:///{tmp_path / 'x.db'}"), timedelta(hours=1), clock)


def test_it_ends_by_itself_however_often_the_cookie_is_signed_again(
    sessions: Sessions, clock: Clock
) -> None:
    session = sessions.begin()
    clock.time += HOUR_S - 1
    assert sessions.is_open(session)
    clock.time += 1
    assert not sessions.is_open(session)


def test_one_ended_leaves_the_others_open(sessions: Sessions) -> None:
    one, other = sessions.begin(), sessions.begin()
    sessions.end(one)
    sessions.end(one)
    assert not sessions.is_open(one)
    assert sessions.is_open(other)


@pytest.mark.parametrize("session", [{}, {ID: "x"}, {ID: 1, "since": 1}, {"signed_in": True}])
def test_what_is_no_sign_in_is_never_open(sessions: Sessions, session: dict[str, object]) -> None:
    assert not sessions.is_open(session)
    sessions.end(session)


def test_what_is_over_is_forgotten_and_no_id_is_kept(
    sessions: Sessions, clock: Clock, tmp_path: Path
) -> None:
    first = sessions.begin()
    sessions.end(first)
    assert all(str(first[ID]).encode() not in file.read_bytes() for file in tmp_path.iterdir())
    clock.time += HOUR_S
    sessions.end(sessions.begin())
    with open_store(f"sqlite:///{tmp_path / 'x.db'}").connect() as database:
        assert database.scalar(select(func.count()).select_from(ended_sessions)) == 1
